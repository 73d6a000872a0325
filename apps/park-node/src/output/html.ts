/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | readonly Html[];

/** HTML with values put in: a text is escaped, whatever it holds. */
export function html(pieces: TemplateStringsArray, ...values: readonly Piece[]): Html {
  const filled = values.map((value, index) => markupOf(value) + (pieces[index + 1] ?? ''));
  return { html: (pieces[0] ?? '') + filled.join('') };
}

function markupOf(value: Piece): string {
  if (typeof value === 'string') return escaped(value);
  return 'html' in value ? value.html : value.map((piece) => piece.html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
