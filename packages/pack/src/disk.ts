import { constants, type Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limits, type PackSource, type ReadFault } from './source.ts';

/** The folder of a pack that holds worked examples, which are read by name and are not records. */
const examplesFolder = 'examples';

/**
 * The files of a zone pack, in the order of their paths. Never throws: what cannot be read is a source with a fault.
 *
 * Files and folders whose names begin with a dot are left out, and so are files of other kinds, such as a README.
 */
export async function readPackFolder(folder: string): Promise<PackSource[]> {
  try {
    if (!(await stat(folder)).isDirectory()) return [fault('', 'not-a-folder', { folder })];
  } catch (error) {
    const reason = reasonOf(error);
    return [
      reason === 'ENOENT' || reason === 'ENOTDIR'
        ? fault('', 'folder-missing', { folder })
        : fault('', 'unreadable-file', { reason }),
    ];
  }
  const reading: Reading = { root: folder, sources: [], files: 0, bytes: 0, full: false };
  await readFolder('', 0, reading);
  return reading.sources.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

interface Reading {
  readonly root: string;
  readonly sources: PackSource[];
  files: number;
  bytes: number;
  /** Set once a bound of the whole pack is passed; nothing more is read then. */
  full: boolean;
}

async function readFolder(path: string, depth: number, reading: Reading): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(reading.root, path), { withFileTypes: true });
  } catch (error) {
    reading.sources.push(fault(path, 'unreadable-file', { reason: reasonOf(error) }));
    return;
  }
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    if (reading.full) return;
    if (entry.name.startsWith('.')) continue;
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (!entry.isDirectory()) await readEntry(inner, entry, reading);
    else if (inner === examplesFolder) continue;
    else if (depth < limits.folders) await readFolder(inner, depth + 1, reading);
    else reading.sources.push(fault(inner, 'folders-too-deep', { limit: String(limits.folders) }));
  }
}

async function readEntry(path: string, entry: Dirent, reading: Reading): Promise<void> {
  if (entry.isSymbolicLink()) {
    reading.sources.push(fault(path, 'symbolic-link'));
    return;
  }
  if (!/\.(ya?ml|json)$/i.test(path)) return;
  if (!path.endsWith('.yaml')) {
    reading.sources.push(fault(path, 'wrong-extension', { expected: entry.name.replace(/\.\w+$/, '.yaml') }));
    return;
  }
  reading.files += 1;
  if (reading.files > limits.files) {
    reading.full = true;
    reading.sources.push(fault('', 'too-many-files', { limit: String(limits.files) }));
    return;
  }
  reading.sources.push(
    entry.isFile() ? await readPackFile(path, reading) : fault(path, 'not-a-regular-file'),
  );
}

/** One file; its size is asked before its bytes, so that a huge one costs nothing. */
async function readPackFile(path: string, reading: Reading): Promise<PackSource> {
  try {
    // A link put here since the folder was listed is not followed, and a pipe is not waited for.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    await using file = await open(join(reading.root, path), flags);
    const { size } = await file.stat();
    if (size > limits.fileBytes) {
      return fault(path, 'file-too-large', { bytes: String(size), limit: String(limits.fileBytes) });
    }
    reading.bytes += size;
    if (reading.bytes > limits.packBytes) {
      reading.full = true;
      return fault('', 'pack-too-large', { limit: String(limits.packBytes) });
    }
    return { path, bytes: await file.readFile() };
  } catch (error) {
    return fault(path, 'unreadable-file', { reason: reasonOf(error) });
  }
}

function fault(path: string, code: ReadFault['code'], parameters: ReadFault['parameters'] = {}): PackSource {
  return { path, fault: { code, parameters } };
}

/** The system's own short name of the reason, such as `EACCES`. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
