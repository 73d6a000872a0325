import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The typefaces of printed pages: Chinese in the forms of either side, and the Latin letters that were drawn for them. */
const files = [
  require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-hk/600SemiBold/NotoSansHK_600SemiBold.ttf'),
  require.resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  require.resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
];

export function readFonts(): readonly Buffer[] {
  return files.map((file) => readFileSync(file));
}

/**
 * Whether any of the fonts has a glyph for a character.
 *
 * Source: OpenType 1.9.1, table `cmap`, format 12, which every font here has.
 */
export function coverageOf(fonts: readonly Buffer[]): (codePoint: number) => boolean {
  const covered = new Uint8Array(0x11_0000);
  for (const font of fonts) {
    for (const [first, last] of charactersOf(font)) covered.fill(1, first, last + 1);
  }
  return (codePoint) => covered[codePoint] === 1;
}

/** Ranges of characters that a font maps to glyphs, both ends included. */
function* charactersOf(font: Buffer): Iterable<readonly [number, number]> {
  const cmap = tableOf(font, 'cmap');
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const table = cmap + font.readUInt32BE(cmap + 8 + 8 * index);
    if (font.readUInt16BE(table) !== 12) continue;
    for (let group = 0; group < font.readUInt32BE(table + 12); group += 1) {
      const at = table + 16 + 12 * group;
      yield [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
    }
  }
}

function tableOf(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + 16 * index;
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`The font has no table ${tag}`);
}
