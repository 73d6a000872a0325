declare module 'merkle-tree-stream/generator.js' {
  interface Node {
    readonly data: Buffer;
    readonly hash: Uint8Array;
  }
  class MerkleGenerator {
    readonly roots: readonly Node[];
    constructor(hashes: {
      readonly leaf: (node: Node) => Uint8Array;
      readonly parent: (left: Node, right: Node) => Uint8Array;
    });
    next(data: Uint8Array): readonly Node[];
  }
  export = MerkleGenerator;
}
