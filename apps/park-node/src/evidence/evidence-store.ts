/** Where the bytes of papers lie: named by their SHA-256, written once, never changed. */
export interface EvidenceStore {
  /**
   * Keeps one part of an upload, in place of an earlier one of its number.
   *
   * Throws: `StorageFull`.
   */
  putPart(uploadId: string, partNumber: number, bytes: Uint8Array): Promise<void>;
  /** The parts one after the other, as far as they are there. */
  readParts(uploadId: string, partCount: number): AsyncIterable<Uint8Array>;
  removeParts(uploadId: string): Promise<void>;
  /** Uploads of which parts are kept. */
  listUploads(): AsyncIterable<string>;
  /**
   * Keeps the bytes under their hash; bytes that are there already stay. Durable when it returns.
   *
   * Throws: `StorageFull`.
   */
  put(bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredFile>;
  /** The bytes, or a range of them, both ends included; null when there are none. */
  read(sha256: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | null>;
  /** Whether the bytes are there and are what their name says. */
  check(sha256: string): Promise<'sound' | 'missing' | 'damaged'>;
  /** Hashes of files that nobody has put since an instant. */
  listUntouchedSince(instant: Temporal.Instant): AsyncIterable<string>;
  /** Removes a file, unless somebody has put it since the instant. */
  removeUntouchedSince(sha256: string, instant: Temporal.Instant): Promise<void>;
}

export interface StoredFile {
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** There is no room left where evidence is kept. */
export class StorageFull extends Error {
  constructor(cause: unknown) {
    super('No room is left for evidence', { cause });
    this.name = 'StorageFull';
  }
}
