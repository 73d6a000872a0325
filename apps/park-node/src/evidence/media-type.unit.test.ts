import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-type.ts';

const text = (value: string) => new TextEncoder().encode(value);
const pdf = text('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF');
const png = Uint8Array.of(
  0x89,
  0x50,
  0x4e,
  0x47,
  0x0d,
  0x0a,
  0x1a,
  0x0a,
  0,
  0,
  0,
  13,
  ...text('IHDR'),
  ...new Uint8Array(17),
  0,
  0,
  0,
  0,
  ...text('IDAT'),
  0,
  0,
  0,
  0,
);
const jpeg = Uint8Array.of(
  0xff,
  0xd8,
  0xff,
  0xe0,
  0,
  16,
  ...text('JFIF'),
  0,
  1,
  1,
  0,
  0,
  1,
  0,
  1,
  0,
  0,
  0xff,
  0xd9,
);
const wordTypes =
  '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const macroTypes = wordTypes.replace(
  'openxmlformats-officedocument.wordprocessingml.document.main',
  'ms-word.document.macroEnabled.main',
);

describe('The kind of a paper is told by its content', () => {
  it.each([
    ['a PDF', pdf, 'a.pdf', 'application/pdf'],
    ['a PDF with another name', pdf, 'a.txt', 'application/pdf'],
    ['a PNG picture', png, 'a.png', 'image/png'],
    ['a JPEG picture', jpeg, 'a.jpg', 'image/jpeg'],
    [
      'a Word document',
      zip('[Content_Types].xml', wordTypes),
      'a.docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['a text in Chinese', text('公司章程\r\n第一條\t甲'), 'a.txt', 'text/plain'],
    ['a table', text('名称,数量\n试剂,3\n'), '清单.CSV', 'text/csv'],
  ])('%s is taken', async (_, bytes, name, mediaType) => {
    expect(await mediaTypeOf(() => inChunks(bytes), name)).toBe(mediaType);
  });

  it.each([
    ['a page that a browser would run', text('<!doctype html><script>alert(1)</script>')],
    ['a page after blanks', text('  \n<html><body onload=alert(1)>')],
    ['a drawing that can hold scripts', text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['XML', text('<?xml version="1.0"?><a/>')],
    ['a program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Uint8Array(57))],
    ['an archive', zip('secret.exe', 'MZ')],
    ['a document with macros', zip('[Content_Types].xml', macroTypes)],
    ['a PDF behind other bytes', Uint8Array.of(0, 1, 2, ...pdf)],
    ['bytes that are no UTF-8', Uint8Array.of(0xc3, 0x28, 0x41)],
    ['text with a null character', text('a\u0000b')],
    ['a text that breaks off inside a character', text('公司').slice(0, 5)],
  ])('%s is not', async (_, bytes) => {
    expect(await mediaTypeOf(() => inChunks(bytes), 'a.pdf')).toBeNull();
  });
});

/** Pieces so small that every structure is cut somewhere. */
function inChunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const starts = Array.from({ length: Math.ceil(bytes.byteLength / 7) }, (_, index) => index * 7);
  return ReadableStream.from(starts.map((start) => bytes.slice(start, start + 7)));
}

/** A ZIP archive of one compressed entry, as office programs write it: local header, data, central directory. */
function zip(name: string, content: string): Uint8Array {
  const raw = Buffer.from(content);
  const data = deflateRawSync(raw);
  const file = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(raw.length, 22);
  local.writeUInt16LE(file.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(raw.length, 24);
  central.writeUInt16LE(file.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + file.length, 12);
  end.writeUInt32LE(local.length + file.length + data.length, 16);
  return Buffer.concat([local, file, data, central, file, end]);
}
