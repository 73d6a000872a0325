import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Pages to be printed: a template of `templates/`, and what stands on them. */
export interface Print {
  readonly template: 'decision';
  /** Plain JSON. Its texts are printed as they are; nothing in them is ever read as markup. */
  readonly data: unknown;
  /** Drawings that the template asks for by name, as SVG. */
  readonly drawings: Readonly<Record<string, string>>;
}

export interface PdfRenderer {
  /**
   * Pages as PDF/A-2a: tagged, with every font embedded, and the same bytes for the same data. A character that no
   * font has is printed as its code point.
   *
   * Throws: when the template does not fit the data, which is a fault of the program.
   */
  renderPdf(print: Print): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What the thread is sent, and what it answers. */
export interface PrintOrder extends Print {
  readonly id: number;
}
export type Printed =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly fault: string };

interface Waiting {
  readonly print: (pdf: Uint8Array) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Prints in a thread of its own: its fonts take a third of a second to load, and long reasons tens of milliseconds to
 * set, in which nobody else should have to wait. The thread starts with the first document and does not keep the
 * process alive.
 */
export function createPdfRenderer(): PdfRenderer {
  let thread: Worker | null = null;
  let closed = false;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const start = (): Worker => {
    const worker = new Worker(new URL('./pdf-thread.ts', import.meta.url));
    worker.unref();
    worker.on('message', (printed: Printed) => {
      const caller = waiting.get(printed.id);
      waiting.delete(printed.id);
      if ('pdf' in printed) caller?.print(printed.pdf);
      else caller?.fail(new Error(`The document could not be printed: ${printed.fault}`));
    });
    worker.on('error', (error) => end(worker, error));
    worker.on('exit', () => end(worker, new Error('The printing thread has ended')));
    return worker;
  };
  /** Whoever waits is told; the next document starts another thread. */
  const end = (worker: Worker, reason: unknown) => {
    if (thread !== worker) return;
    thread = null;
    const error = new Error('The document could not be printed', { cause: reason });
    for (const { fail } of waiting.values()) fail(error);
    waiting.clear();
  };

  return {
    async renderPdf(print) {
      if (closed) throw new Error('Nothing is printed any more: the node is stopping');
      thread ??= start();
      const worker = thread;
      lastId += 1;
      const order: PrintOrder = { ...print, id: lastId };
      return await new Promise((resolve, reject) => {
        waiting.set(order.id, { print: resolve, fail: reject });
        worker.postMessage(order);
      });
    },
    async close() {
      closed = true;
      const worker = thread;
      if (worker === null) return;
      const exited = once(worker, 'exit');
      await worker.terminate();
      await exited;
    },
  };
}
