/** Longest word that a column always holds; what is longer may break anywhere. Unit: characters. */
const longestWord = 40;
const wordTooLong = new RegExp(`[^\\s\\p{Script=Han}]{${longestWord}}(?=[^\\s\\p{Script=Han}])`, 'gu');
const lineBreak = /\r\n|[\n\r\u0085\u2028\u2029]/u;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const control = /\p{Cc}/gu;

/** Every text in a JSON value made printable. */
export function printableTexts(value: unknown, hasGlyph: (codePoint: number) => boolean): unknown {
  if (typeof value === 'string') return printable(value, hasGlyph);
  if (Array.isArray(value)) return value.map((entry) => printableTexts(entry, hasGlyph));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, printableTexts(entry, hasGlyph)]),
  );
}

/** The lines of a text that somebody typed, without the empty ones. */
export function paragraphsOf(text: string): readonly string[] {
  return text.split(lineBreak).filter((line) => line.trim() !== '');
}

/**
 * A text with nothing in it that a page cannot show. What is invisible is left out, so that no character can turn the
 * reading direction or hide another; a character without a glyph is shown as its code point, 〔U+1F600〕.
 */
function printable(text: string, hasGlyph: (codePoint: number) => boolean): string {
  const visible = text.toWellFormed().normalize('NFC').replace(control, ' ').replace(invisible, '');
  const shown = Array.from(visible, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (hasGlyph(codePoint)) return character;
    return `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`;
  }).join('');
  return shown.replace(wordTooLong, '$&\u200b');
}
