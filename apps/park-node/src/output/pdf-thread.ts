import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { coverageOf, readFonts } from './fonts.ts';
import type { Printed, PrintOrder } from './pdf-renderer.ts';
import { printableTexts } from './printable.ts';

/** The thread of `createPdfRenderer`. */

const templates = join(import.meta.dirname, '../../templates');
/** Documents for which the typesetter remembers what it worked out. */
const remembered = 4;

const { typst, hasGlyph } = open(readFonts());

parentPort?.on('message', (order: PrintOrder) => parentPort?.postMessage(answer(order)));

function open(fonts: readonly Buffer[]) {
  return {
    typst: NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: [...fonts] }] }),
    hasGlyph: coverageOf(fonts),
  };
}

function answer({ id, ...print }: PrintOrder): Printed {
  try {
    return { id, pdf: set(print) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** Data goes in as JSON in an input of its own: the template reads values, and no text of theirs becomes source. */
function set({ template, data, drawings }: Omit<PrintOrder, 'id'>): Uint8Array {
  const compiled = typst.compile({
    mainFilePath: join(templates, `${template}.typ`),
    inputs: { ...drawings, data: JSON.stringify(printableTexts(data, hasGlyph)) },
  });
  const document = compiled.result;
  if (document === null || compiled.hasError()) {
    throw new Error(JSON.stringify(compiled.takeError()?.shortDiagnostics));
  }
  const pdf = typst.pdf(document, { pdfStandard: 'a-2a' });
  typst.evictCache(remembered);
  return pdf;
}
