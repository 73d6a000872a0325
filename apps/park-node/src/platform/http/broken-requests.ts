import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { PresentProblem } from './present-problem.ts';
import { type Problem, problem } from './problem.ts';

/** Answers on the connection itself what never became a request, in the form of every other problem. */
export function answerBrokenRequests(present: PresentProblem): (error: Error, socket: Socket) => void {
  return (error, socket) => {
    const isGone = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
    if (isGone || !socket.writable) {
      socket.destroy();
      return;
    }
    // Nothing of such a request can be relied on, the wish for a language least of all.
    const id = randomUUID();
    const body = present(problemOf(error), 'en', id);
    const content = JSON.stringify(body);
    socket.end(
      [
        `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status] ?? ''}`,
        'Content-Type: application/problem+json',
        'Content-Language: en',
        `Content-Length: ${Buffer.byteLength(content)}`,
        `X-Request-Id: ${id}`,
        'Cache-Control: no-store',
        'Connection: close',
        '',
        content,
      ].join('\r\n'),
    );
  };
}

function problemOf(error: Error): Problem {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'HPE_HEADER_OVERFLOW') return problem('headersTooLarge');
  return problem(code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'requestTimeout' : 'malformedRequest');
}
