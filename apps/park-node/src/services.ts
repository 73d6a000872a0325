import type { ParkCard } from '@twinpark/contract/node/park-card.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { CarryOutOptions } from './case/carry-out.ts';
import type { CaseCommander } from './case/case-commander.ts';
import type { Definitions } from './case/definitions.ts';
import type { Config } from './config.ts';
import type { EvidenceStore } from './evidence/evidence-store.ts';
import type { Courier } from './gateway/courier.ts';
import type { OwnKeys } from './gateway/own-keys.ts';
import type { PeerClient } from './gateway/peer-client.ts';
import type { PeerKeys } from './gateway/peer-keys.ts';
import type { ParkLog } from './log/park-log.ts';
import type { PdfRenderer } from './output/pdf-renderer.ts';
import type { Signer } from './output/signer.ts';
import type { SignIn } from './platform/auth/identity.ts';
import type { Clock } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import type { Jobs } from './platform/jobs/jobs.ts';
import type { NodeKeys } from './platform/keys/node-keys.ts';

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
  /** For whoever carries out orders in a transaction of its own, as messages of the other park do. */
  readonly caseOptions: CarryOutOptions;
  readonly commander: CaseCommander;
  readonly evidenceStore: EvidenceStore;
  /** This park's keys by what they are for. */
  readonly keys: NodeKeys;
  /** Their public half. */
  readonly parkCard: ParkCard;
  readonly peerKeys: PeerKeys;
  /** Which of this park's keys the other park knows. */
  readonly ownKeys: OwnKeys;
  /** The other park's node; null where this one stands alone. */
  readonly peer: { readonly park: Park; readonly client: PeerClient; readonly courier: Courier } | null;
  /** The park's transparency log. */
  readonly log: ParkLog;
  readonly signer: Signer;
  readonly pdfRenderer: PdfRenderer;
  readonly identity: SignIn;
  readonly jobs: Jobs;
  readonly logger: FastifyBaseLogger;
}
