import { addCheckpoint } from '@twinpark/contract/log/read-log.ts';
import { textOf } from '@twinpark/transparency/bytes.ts';
import { sizeMediaType } from '@twinpark/transparency/witness.ts';
import type { App } from '../platform/http/app.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { cosignLog } from './cosign.ts';

/** What this park, as a witness, says of the other park's log. */
export function registerWitnessRoutes(app: App, services: Services): void {
  route(app, addCheckpoint, async ({ bytes, requestId }) => {
    const body = textOf(bytes);
    if (body === null) return problem('malformedRequest');
    const cosigned = await cosignLog(services, body, requestId);
    if (cosigned instanceof Problem) return cosigned;
    if ('lines' in cosigned) return { headers: {}, stream: Buffer.from(cosigned.lines) };
    return {
      status: 409,
      headers: { 'content-type': sizeMediaType },
      stream: Buffer.from(cosigned.knownSize),
    };
  });
}
