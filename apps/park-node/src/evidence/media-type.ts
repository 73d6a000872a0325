import { fileTypeFromStream } from 'file-type';

/**
 * Kinds of papers that are taken. What a browser would run (HTML, SVG, XML) and what hides other files (archives) is
 * not among them; an office document is an archive that says so inside.
 */
const allowed = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'image/heic',
  'image/webp',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
]);

/** Kinds that a browser shows by itself without running anything. */
const shownInPlace = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp']);

/** What a paper is by its content, whatever its name says; null for what is not taken. */
export async function mediaTypeOf(
  open: () => AsyncIterable<Uint8Array>,
  name: string,
): Promise<string | null> {
  const found = await detect(open());
  if (found !== null) return allowed.has(found) ? found : null;
  if (!(await isPlainText(open()))) return null;
  return name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain';
}

export function isShownInPlace(mediaType: string): boolean {
  return shownInPlace.has(mediaType);
}

async function detect(bytes: AsyncIterable<Uint8Array>): Promise<string | null> {
  const stream = ReadableStream.from(bytes);
  try {
    return (await fileTypeFromStream(stream))?.mime ?? null;
  } catch {
    // A file that breaks off inside its own structure is nothing that can be shown to anybody.
    return 'application/octet-stream';
  }
}

/** Text in UTF-8 without control characters, and no markup that a browser might take for a page. */
async function isPlainText(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of bytes) {
      const text = decoder.decode(chunk, { stream: true });
      if (hasControls(text)) return false;
      if (isFirst && /^\s*<[!?a-z]/i.test(text)) return false;
      isFirst = false;
    }
    return !hasControls(decoder.decode());
  } catch {
    return false;
  }
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text);
}
