const lineWidth = 110;

/** The text of a JSON file in the layout of the repository's formatter, so that what is generated needs no formatting. */
export function jsonFile(value: unknown): string {
  return `${print(value, '')}\n`;
}

/** Lists of plain values stay on one line where they fit. */
function print(value: unknown, indent: string, used = indent.length): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => print(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => {
          const name = `${JSON.stringify(key)}: `;
          return name + print(item, inner, inner.length + name.length);
        });
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const line = `${open}${parts.join(', ')}${close}`;
  // A comma may follow it.
  if (Array.isArray(value) && !line.includes('\n') && used + line.length < lineWidth) return line;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
