import type { ProblemCode } from './problem-codes.ts';
import type { Position } from './tree.ts';

export interface TextFault {
  readonly code: Extract<
    ProblemCode,
    'encoding-not-utf8' | 'byte-order-mark' | 'control-character' | 'hidden-character'
  >;
  readonly position: Position;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Decoded {
  /** Null where the bytes are no text that could be read on. */
  readonly text: string | null;
  readonly faults: readonly TextFault[];
}

/** The text of a file, which must be UTF-8 without a byte order mark and without characters that nobody can see. */
export function decode(bytes: Uint8Array): Decoded {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const mark: TextFault = { code: 'byte-order-mark', position: { line: 1, column: 1 }, parameters: {} };
  const faults = marked ? [mark] : [];
  const text = tryDecode('utf-8', body);
  if (text === null) {
    const offset = firstInvalidByte(body);
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body.subarray(0, offset));
    const parameters = { byte: String(offset + (marked ? 3 : 0) + 1), encoding: likelyEncoding(body) };
    return {
      text: null,
      faults: [...faults, { code: 'encoding-not-utf8', position: endOf(before), parameters }],
    };
  }
  const unseen = unseenCharacters(text);
  return {
    text: unseen.some(({ code }) => code === 'control-character') ? null : text,
    faults: [...faults, ...unseen],
  };
}

/** C0 and C1 controls except tab and line ends; they mean nothing in a reviewed file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
/** Zero-width spaces and the marks that reverse the direction of reading: a text can look other than it is. */
const hidden = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/;

/** The first of each kind: a file that has one by mistake often has thousands. */
function unseenCharacters(text: string): TextFault[] {
  return (
    [
      ['control-character', controls],
      ['hidden-character', hidden],
    ] as const
  ).flatMap(([code, pattern]) => {
    const index = text.search(pattern);
    if (index < 0) return [];
    const character = `U+${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`;
    return [{ code, position: endOf(text.slice(0, index)), parameters: { character } }];
  });
}

function endOf(text: string): Position {
  const lineStart = text.lastIndexOf('\n') + 1;
  return { line: text.split('\n').length, column: text.length - lineStart + 1 };
}

/** By halves: a prefix either decodes, up to a character cut short at its end, or holds the invalid byte. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (valid < invalid) {
    const middle = (valid + invalid + 1) >> 1;
    if (isValidSoFar(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle - 1;
  }
  return startOfCharacter(bytes, valid);
}

function isValidSoFar(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Steps back over a character that was begun but never completed. */
function startOfCharacter(bytes: Uint8Array, end: number): number {
  for (let start = end; start > Math.max(0, end - 4); start -= 1) {
    if (tryDecode('utf-8', bytes.subarray(0, start)) !== null) return start;
  }
  return end;
}

/** The encoding that a mistaken file most likely has; empty where nothing speaks for one. */
function likelyEncoding(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16';
  const candidates = ['gbk', 'big5'].flatMap((encoding) => {
    const text = tryDecode(encoding, bytes);
    return text === null ? [] : [{ encoding, commonness: commonness(text) }];
  });
  const [best] = candidates.toSorted((one, other) => other.commonness - one.commonness);
  return best && best.commonness > 0 ? { gbk: 'GBK', big5: 'Big5' }[best.encoding as 'gbk' | 'big5'] : '';
}

/** Share of frequent Chinese characters: the wrong one of two encodings yields rare ones. */
function commonness(text: string): number {
  const frequent =
    '的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們申请請公司研究园園區区证證人日年月';
  const letters = [...text].filter((character) => character > '\u2e80');
  return letters.filter((letter) => frequent.includes(letter)).length / Math.max(1, letters.length);
}

function tryDecode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
