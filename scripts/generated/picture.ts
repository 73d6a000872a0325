import { Writable } from 'node:stream';
import { columnsOf } from '../../apps/cli/src/render/width.ts';
import { run } from '../../apps/cli/src/run.ts';

const columns = 110;
const [cell, line, margin] = [8.4, 19, 24];

/** Two chapters of the demonstration as a picture of a terminal, in one language. */
export async function demoPicture(language: string, folder: string): Promise<string> {
  const output = await printed(['demo', '--lang', language], folder);
  return svg(['$ npx twinpark demo', '…', ...chapters(output, [7, 8])], language);
}

async function printed(argv: readonly string[], folder: string): Promise<string> {
  let text = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  const env = { NO_COLOR: '1', COLUMNS: String(columns) };
  const code = await run(argv, {
    env,
    folder,
    now: () => Temporal.Instant.from('2026-01-01T00:00:00Z'),
    stdout,
    stderr: stdout,
    onStop: () => () => {},
  });
  if (code !== 0) throw new Error(`The demonstration ended with ${code}:\n${text}`);
  return text;
}

function chapters(output: string, wanted: readonly number[]): string[] {
  let current = 0;
  return output.split('\n').filter((text) => {
    const heading = /^(\d+)\D/.exec(text);
    if (heading && !/^\d{4}-/.test(text)) current = Number(heading[1]);
    return wanted.includes(current);
  });
}

function svg(lines: readonly string[], language: string): string {
  const width = Math.ceil(columns * cell + 2 * margin);
  const height = lines.length * line + 2 * margin;
  const texts = lines.flatMap((text, index) => runs(text, margin + (index + 1) * line - 5));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" xml:lang="${language}">`,
    `<title>twinpark demo</title>`,
    `<rect width="${width}" height="${height}" rx="10" fill="#121c22"/>`,
    `<g font-family="'Noto Sans Mono','DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK ${language === 'zh-Hant' ? 'HK' : 'SC'}',monospace" font-size="14" fill="#e7eef2">`,
    ...texts,
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/** A line in stretches that each begin in their own column, so that lanes stay straight whatever the font. */
function runs(text: string, y: number): string[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].flatMap((match) => {
    const before = columnsOf(text.slice(0, match.index));
    return match[0].split(/(│)/).reduce<{ out: string[]; at: number }>(
      ({ out, at }, part) => {
        const words = part.trim();
        const indent = part.length - part.trimStart().length;
        const place = { x: margin + (at + indent) * cell, words };
        if (words !== '') out.push(element(place.x, y, words));
        return { out, at: at + columnsOf(part) };
      },
      { out: [], at: before },
    ).out;
  });
}

function element(x: number, y: number, words: string): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const length = (columnsOf(words) * cell).toFixed(1);
  const colour = /^[─│┼]+$/.test(words) ? ' fill="#6a7e8a"' : '';
  return `<text x="${x.toFixed(1)}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${colour}>${escaped}</text>`;
}
