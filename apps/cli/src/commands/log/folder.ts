import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LogCopy } from '@twinpark/transparency/mirror-log.ts';

/** Far more than any file of a log has: a checkpoint with a hundred signatures. */
export const logFileBytes = 64 * 1024;

/** A copy of a log in a folder, in the layout in which a log is served. */
export function logFolder(folder: string): LogCopy {
  return {
    read: (path) => readAtMost(join(folder, path)),
    write: async (path, bytes) => {
      const file = join(folder, path);
      // Whole under another name first, so that whatever happens there is all of it or nothing.
      const draft = `${file}.${process.pid}.part`;
      await mkdir(dirname(file), { recursive: true });
      try {
        await using handle = await open(draft, 'w');
        await handle.writeFile(bytes);
        await handle.sync();
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await rename(draft, file);
    },
    remove: (path) => rm(join(folder, path), { force: true }),
  };
}

/** What a file holds, or its first part if it holds too much; null where there is none. */
async function readAtMost(path: string): Promise<Uint8Array | null> {
  try {
    await using file = await open(path);
    const buffer = Buffer.alloc(logFileBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = (await file.read(buffer, length)).bytesRead;
    }
    return buffer.subarray(0, length);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw error;
  }
}
