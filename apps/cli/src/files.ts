import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { limits, type PackSource } from '@twinpark/pack/source.ts';
import { fill, type Messages } from './i18n/messages.ts';

/** A file that the reader named, or in words why it cannot be had. Its size is asked before its bytes. */
export async function readNamedFile(
  path: string,
  shown: string,
  m: Messages,
): Promise<{ readonly source: PackSource } | { readonly reason: string; readonly missing: boolean }> {
  try {
    // A pipe is not waited for.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await file.stat();
    if (!stat.isFile()) return { reason: fill(m.faults.notAFile, { path: shown }), missing: false };
    if (stat.size > limits.fileBytes) {
      const parameters = { path: shown, bytes: String(stat.size), limit: String(limits.fileBytes) };
      return { reason: fill(m.faults.fileTooLarge, parameters), missing: false };
    }
    return { source: { path: shown, bytes: await file.readFile() } };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const missing = reason === 'ENOENT' || reason === 'ENOTDIR';
    return {
      reason: fill(missing ? m.faults.fileMissing : m.faults.fileUnreadable, { path: shown, reason }),
      missing,
    };
  }
}
