import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import decodeQr from 'qr/decode.js';

export interface ReadPdf {
  readonly title: string;
  readonly language: string;
  readonly pages: number;
  /** What stands on all pages, without the breaks between lines. */
  readonly text: string;
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
  /** Roles of the structure tree in reading order, without repetitions. */
  readonly roles: readonly string[];
  /** What the square code on the last page says, read from the picture of the page. */
  readonly qrCode: string;
}

/** A PDF as a reader that knows nothing of its maker sees it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({
    data: Uint8Array.from(bytes),
    fontExtraProperties: true,
    verbosity: VerbosityLevel.ERRORS,
  });
  const document = await task.promise;
  try {
    const info: Record<string, unknown> = { ...(await document.getMetadata()).info };
    const texts: string[] = [];
    const fonts = new Map<string, boolean>();
    const roles = new Set<string>();
    let qrCode = '';
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      texts.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
      collectRoles(await page.getStructTree(), roles);
      // Its fonts are known once the page has been worked through.
      await page.getOperatorList();
      if (number === document.numPages) qrCode = await qrCodeOn(document, page);
      for (const item of items) {
        if (!('fontName' in item)) continue;
        const font = page.commonObjs.get(item.fontName);
        fonts.set(font.name, font.missingFile === false && font.data !== undefined);
      }
    }
    return {
      title: String(info['Title']),
      language: String(info['Language']),
      pages: document.numPages,
      text: texts.join(''),
      fonts: [...fonts].map(([name, embedded]) => ({ name, embedded })),
      roles: [...roles],
      qrCode,
    };
  } finally {
    await task.destroy();
  }
}

type PdfDocument = Awaited<ReturnType<typeof getDocument>['promise']>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;
type StructTree = Awaited<ReturnType<PdfPage['getStructTree']>>;

interface Picture {
  readonly width: number;
  readonly height: number;
}
type PixelsOf = (x: number, y: number, width: number, height: number) => { readonly data: Uint8ClampedArray };

async function qrCodeOn(document: PdfDocument, page: PdfPage): Promise<string> {
  const viewport = page.getViewport({ scale: 2 });
  const factory = document.canvasFactory as {
    create(width: number, height: number): { canvas: Picture; context: { getImageData: PixelsOf } };
  };
  const { canvas, context } = factory.create(viewport.width, viewport.height);
  await page.render({ canvas: canvas as never, viewport }).promise;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  try {
    return decodeQr({ width: canvas.width, height: canvas.height, data }, { timeLimit: 5_000 });
  } catch {
    return '';
  }
}

function collectRoles(node: StructTree, roles: Set<string>): void {
  roles.add(node.role);
  for (const child of node.children) {
    if ('children' in child) collectRoles(child, roles);
  }
}
