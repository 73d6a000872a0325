import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ByteRange, type EvidenceStore, StorageFull, type StoredFile } from './evidence-store.ts';

type Files = Pick<
  typeof nodeFiles,
  'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'stat' | 'utimes'
>;

/**
 * Evidence in a folder, which several processes of a park may share. A file is written under another name, synced and
 * then renamed, so whatever is there under a hash is whole.
 */
export class FolderEvidenceStore implements EvidenceStore {
  readonly #folder: string;
  readonly #files: Files;
  /** What was checked, by hash: reading a large file twice for every reader would be waste. */
  readonly #sound = new Map<string, string>();

  constructor(folder: string, files: Files = nodeFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  async putPart(uploadId: string, partNumber: number, bytes: Uint8Array): Promise<void> {
    await this.#write(join(this.#uploadFolder(uploadId), String(partNumber)), [bytes]);
  }

  async *readParts(uploadId: string, partCount: number): AsyncIterable<Uint8Array> {
    for (let part = 1; part <= partCount; part += 1) {
      const bytes = await orNothing(this.#files.readFile(join(this.#uploadFolder(uploadId), String(part))));
      if (bytes === null) return;
      yield bytes;
    }
  }

  async removeParts(uploadId: string): Promise<void> {
    await this.#files.rm(this.#uploadFolder(uploadId), { recursive: true, force: true });
  }

  async *listUploads(): AsyncIterable<string> {
    yield* (await orNothing(this.#files.readdir(join(this.#folder, 'uploads')))) ?? [];
  }

  async put(bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredFile> {
    const draft = join(this.#folder, 'drafts', randomUUID());
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const counted = async function* () {
      for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
        hash.update(chunk);
        sizeBytes += chunk.byteLength;
        yield chunk;
      }
    };
    await this.#write(draft, counted());
    const sha256 = hash.digest('hex');
    // Renamed even over the same bytes: that heals a damaged file and shows that somebody wants it.
    await this.#move(draft, this.#path(sha256));
    return { sha256, sizeBytes };
  }

  async read(sha256: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | null> {
    const path = this.#path(sha256);
    if ((await orNothing(this.#files.stat(path))) === null) return null;
    return readOnDemand(path, range);
  }

  async check(sha256: string): Promise<'sound' | 'missing' | 'damaged'> {
    const path = this.#path(sha256);
    const found = await orNothing(this.#files.stat(path));
    if (found === null) return 'missing';
    const seen = `${found.size} ${found.mtimeMs} ${found.ino}`;
    if (this.#sound.get(sha256) === seen) return 'sound';
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    if (hash.digest('hex') !== sha256) return 'damaged';
    if (this.#sound.size >= mostRemembered) this.#sound.clear();
    this.#sound.set(sha256, seen);
    return 'sound';
  }

  async *listUntouchedSince(instant: Temporal.Instant): AsyncIterable<string> {
    const folder = join(this.#folder, 'files');
    for (const first of (await orNothing(this.#files.readdir(folder))) ?? []) {
      for (const second of (await orNothing(this.#files.readdir(join(folder, first)))) ?? []) {
        for (const sha256 of (await orNothing(this.#files.readdir(join(folder, first, second)))) ?? []) {
          if (await this.#isUntouchedSince(sha256, instant)) yield sha256;
        }
      }
    }
  }

  async removeUntouchedSince(sha256: string, instant: Temporal.Instant): Promise<void> {
    if (!(await this.#isUntouchedSince(sha256, instant))) return;
    this.#sound.delete(sha256);
    await this.#files.rm(this.#path(sha256), { force: true });
  }

  async #isUntouchedSince(sha256: string, instant: Temporal.Instant): Promise<boolean> {
    const found = await orNothing(this.#files.stat(this.#path(sha256)));
    return found !== null && found.mtimeMs < instant.epochMilliseconds;
  }

  async #write(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const draft = `${path}.${randomUUID()}.draft`;
    try {
      await this.#files.mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await this.#files.open(draft, 'wx', 0o600);
      try {
        for await (const chunk of chunks) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#move(draft, path);
    } catch (error) {
      await this.#files.rm(draft, { force: true });
      throw isFull(error) ? new StorageFull(error) : error;
    }
  }

  async #move(from: string, to: string): Promise<void> {
    try {
      await this.#files.mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await this.#files.rename(from, to);
      // The name is durable once its folder is.
      const folder = await this.#files.open(dirname(to), 'r');
      await folder.sync().finally(() => folder.close());
    } catch (error) {
      await this.#files.rm(from, { force: true });
      throw isFull(error) ? new StorageFull(error) : error;
    }
  }

  #uploadFolder(uploadId: string): string {
    if (!/^[0-9a-f-]{36}$/.test(uploadId)) throw new RangeError(`Not the id of an upload: ${uploadId}`);
    return join(this.#folder, 'uploads', uploadId);
  }

  #path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`Not a hash: ${sha256}`);
    return join(this.#folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

const mostRemembered = 10_000;

/** Opens the file when its first bytes are asked for, so that whoever only looks whether it is there leaves none open. */
async function* readOnDemand(path: string, range: ByteRange | undefined): AsyncIterable<Uint8Array> {
  yield* createReadStream(path, range ? { start: range.first, end: range.last } : {});
}

async function orNothing<Value>(wanted: Promise<Value>): Promise<Value | null> {
  try {
    return await wanted;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function isFull(error: unknown): boolean {
  return codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
