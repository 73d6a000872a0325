import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** What a bad line does to requests, each with its probability from 0 to 1. */
export interface Faults {
  /** The request never arrives. */
  readonly lost: number;
  /** The request arrives, and its answer is lost. */
  readonly answerLost: number;
  /** The request arrives twice, one after the other; the sender gets the second answer. */
  readonly doubled: number;
  /** The bytes of the request are damaged on the way. */
  readonly damaged: number;
  /** Longest time a request is held up, so that later ones overtake it. Unit: milliseconds. */
  readonly heldUp: number;
}

export const noFaults: Faults = { lost: 0, answerLost: 0, doubled: 0, damaged: 0, heldUp: 0 };

/** The line from one node to the other, which can be made as bad as a test needs it. */
export interface FaultyLink {
  /** Address that the sending node takes for the other's. */
  readonly url: string;
  faults: Faults;
  /** Nothing gets through while it is cut. */
  isCut: boolean;
  /** What happened to requests so far. */
  readonly counts: Record<'passed' | keyof Faults, number>;
  /** Every byte that went over it, where it was asked to keep them. */
  readonly wire: Buffer[];
  close(): Promise<void>;
}

/** A line to `target`, at an address of its own. */
export async function openLink(
  port: number,
  target: () => string,
  options: { readonly keep?: boolean } = {},
): Promise<FaultyLink> {
  const wire: Buffer[] = [];
  const keep = (bytes: Buffer) => {
    if (options.keep) wire.push(bytes);
  };
  const counts = { passed: 0, lost: 0, answerLost: 0, doubled: 0, damaged: 0, heldUp: 0 };
  const server = createServer((incoming, outgoing) => {
    carry(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const carry = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bytesOf(incoming);
    const { faults } = link;
    const happens = (fault: 'lost' | 'answerLost' | 'doubled' | 'damaged'): boolean => {
      const does = Math.random() < faults[fault];
      if (does) counts[fault] += 1;
      return does;
    };
    if (faults.heldUp > 0) {
      counts.heldUp += 1;
      await pause(Math.random() * faults.heldUp);
    }
    if (link.isCut || happens('lost')) {
      outgoing.destroy();
      return;
    }
    if (happens('damaged') && body.length > 0) {
      const place = Math.floor(Math.random() * body.length);
      body.writeUInt8(body.readUInt8(place) ^ (1 << Math.floor(Math.random() * 8)), place);
    }
    keep(Buffer.from(JSON.stringify([incoming.method, incoming.url, incoming.rawHeaders])));
    keep(body);
    if (happens('doubled')) await forward(target(), incoming, body);
    const answer = await forward(target(), incoming, body);
    keep(Buffer.from(JSON.stringify(answer.headers)));
    keep(answer.body);
    if (link.isCut || happens('answerLost')) {
      outgoing.destroy();
      return;
    }
    counts.passed += 1;
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  };
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const link: FaultyLink = {
    url: `http://127.0.0.1:${port}`,
    faults: noFaults,
    isCut: false,
    counts,
    wire,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return link;
}

interface Answer {
  readonly status: number;
  readonly headers: string[];
  readonly body: Buffer;
}

async function forward(target: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method, rawHeaders, url } = incoming;
  const sent = request(`${target}${url}`, { method, headers: rawHeaders, agent: false });
  // A node that refuses early closes while the rest is still on its way; what it answered counts.
  sent.on('error', () => {});
  sent.end(body);
  const [response]: [IncomingMessage] = (await once(sent, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode ?? 502,
    headers: response.rawHeaders,
    body: await bytesOf(response),
  };
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
