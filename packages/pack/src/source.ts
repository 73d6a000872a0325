import type { ProblemCode } from './problem-codes.ts';

/** A file of a pack as it was found: its bytes, or why they could not be had. */
export type PackSource =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly fault: ReadFault };

export interface ReadFault {
  readonly code: ProblemCode & ReadFaultCode;
  readonly parameters: Readonly<Record<string, string>>;
}

export type ReadFaultCode =
  | 'pack-empty'
  | 'folder-missing'
  | 'not-a-folder'
  | 'unreadable-file'
  | 'not-a-regular-file'
  | 'symbolic-link'
  | 'wrong-extension'
  | 'file-too-large'
  | 'pack-too-large'
  | 'too-many-files'
  | 'folders-too-deep';

/** Bounds that keep a mistaken folder from being swallowed whole. Reviewed files stay far below them. */
export const limits = {
  fileBytes: 2 * 1024 * 1024,
  packBytes: 64 * 1024 * 1024,
  files: 2_000,
  folders: 16,
  /** Collections within collections; the schema needs less than a dozen. */
  nesting: 64,
} as const;
