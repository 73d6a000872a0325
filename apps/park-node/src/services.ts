import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { CaseCommander } from './case/case-commander.ts';
import type { Definitions } from './case/definitions.ts';
import type { Config } from './config.ts';
import type { EvidenceStore } from './evidence/evidence-store.ts';
import type { PdfRenderer } from './output/pdf-renderer.ts';
import type { Signer } from './output/signer.ts';
import type { SignIn } from './platform/auth/identity.ts';
import type { Clock } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import type { Jobs } from './platform/jobs/jobs.ts';

/** What the routes and jobs of a node are given: everything that is made once when it starts. */
export interface Services {
  readonly config: Config;
  readonly zone: Zone;
  /** The park this node serves. */
  readonly park: Park;
  readonly clock: Clock;
  readonly store: Store;
  readonly definitions: Definitions;
  readonly calendarFor: CaseContext['calendarFor'];
  readonly commander: CaseCommander;
  readonly evidenceStore: EvidenceStore;
  readonly signer: Signer;
  readonly pdfRenderer: PdfRenderer;
  readonly identity: SignIn;
  readonly jobs: Jobs;
  readonly logger: FastifyBaseLogger;
}
