import type { Services } from '../../services.ts';
import { recordAudit } from './audit-trail.ts';

/** Records that a process of the node begins to serve or stops in good order. */
export async function recordNodeEntry(
  { store, clock, config }: Pick<Services, 'store' | 'clock' | 'config'>,
  action: 'node.start' | 'node.stop',
): Promise<void> {
  await store.write((tx) =>
    recordAudit(tx, clock, {
      action,
      personId: null,
      organization: null,
      role: null,
      subjectKind: 'node',
      subjectId: config.park,
      requestId: null,
      details: { mode: config.mode },
    }),
  );
}
