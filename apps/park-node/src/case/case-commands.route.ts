import {
  commandEndpoints,
  type PersonalCaseAction,
  personalCaseActions,
} from '@twinpark/contract/case/case-commands.ts';
import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import { availableActions } from '@twinpark/kernel/case/decide.ts';
import type { EvidenceItem } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { wrongValues } from '../dossier/check-answers.ts';
import { refuseOnce } from '../dossier/refuse-once.ts';
import { findPeerCase } from '../gateway/queries/peer-cases.ts';
import type { ActCommand } from '../gateway/send-act.ts';
import { prepareOutput } from '../output/prepare-output.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry } from '../platform/audit/caller-entry.ts';
import type { Member } from '../platform/auth/caller.ts';
import type { Reader } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { type Incoming, route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { actAcross } from './act-across.ts';
import { answerOfOrder } from './answer-of-order.ts';
import { actorFor } from './case-actor.ts';
import type { PreparedOutput } from './case-order.ts';
import { jointAgreement } from './joint-agreement.ts';
import { contextFor, presentCase } from './present-case.ts';
import { findCase } from './queries/find-cases.ts';
import { findOwnEvidence } from './queries/find-own-evidence.ts';
import { caseReaderOf, type ReaderView, readerView } from './reader-view.ts';

/** Every action that people take on a case, each as an endpoint of its own; the kernel decides what comes of it. */
export function registerCaseCommandRoutes(app: App, services: Services): void {
  for (const action of personalCaseActions) {
    route(app, commandEndpoints[action], async (incoming) =>
      carryOut(services, action, incoming as CommandRequest),
    );
  }
}

type CommandRequest = Pick<
  Incoming<(typeof commandEndpoints)[PersonalCaseAction]>,
  'params' | 'caller' | 'language' | 'requestId' | 'idempotency'
> & { readonly caller: Member; readonly body: CommandBody };

type CommandBody = Readonly<Record<string, unknown>> & {
  readonly version?: number | undefined;
  readonly agreement?: { readonly digest: string } | undefined;
  readonly answers?: Facts | undefined;
  readonly evidence?: readonly unknown[] | undefined;
  readonly establishes?: Facts | undefined;
};

/** A command as the kernel takes it, with what else its order needs. */
interface Prepared {
  readonly command: CaseCommand;
  readonly output: PreparedOutput | null;
  readonly seenVersion: number | undefined;
  readonly actsOn?: string;
}

async function carryOut(
  services: Services,
  action: PersonalCaseAction,
  { params, body, caller, language, requestId, idempotency }: CommandRequest,
): Promise<CaseView | Problem> {
  const reader = caseReaderOf(caller);
  const { view, isAcross } = await services.store.read(reader, async (tx) => ({
    view: await readerView(tx, reader, caller, language),
    isAcross: reader.kind === 'applicant' && (await findPeerCase(tx, params.caseId)) !== null,
  }));
  const { agreement, ...given } = body;
  const prepared = await prepare(services, action, params.caseId, given, view);
  const audit = callerEntry(`case.${action}`, caller, requestId, { kind: 'case', id: params.caseId });
  if (prepared instanceof Problem) {
    const { store, clock } = services;
    await store.write((tx) => recordAudit(tx, clock, audit, 'refused', prepared.code));
    return prepared;
  }
  const { command, seenVersion } = prepared;
  if (isAcross) {
    // An applicant's actions are those that can be sent.
    const act = { caseId: params.caseId, command: command as ActCommand, caller, language };
    return await actAcross(services, { ...act, seenVersion, agreement }, { idempotency, audit, view });
  }
  const joint = await agreedBeforehand(services, params.caseId, command, {
    caller,
    language,
    agreement,
    view,
  });
  if (joint instanceof Problem) return await refuseOnce(services, idempotency, audit, joint);
  const result = await services.commander.submit({
    caseId: params.caseId,
    reader,
    actor: actorFor(reader, action),
    commands: [command],
    seenVersion: seenVersion ?? joint?.version,
    agreement: joint?.agreement ?? null,
    actsOn: prepared.actsOn,
    opening: null,
    output: prepared.output,
    idempotency,
    audit,
    answer: (done) => ({ status: 200, body: presentCase(services, done, view) }),
  });
  return answerOfOrder<CaseView>(result);
}

/** An amendment may change what a joint step shares; the version that was asked for must be the one it is told from. */
async function agreedBeforehand(
  services: Services,
  caseId: string,
  command: CaseCommand,
  {
    view,
    ...of
  }: Pick<CommandRequest, 'caller' | 'language'> & {
    readonly agreement: CommandBody['agreement'];
    readonly view: ReaderView;
  },
) {
  if (command.type !== 'amendCase' && command.type !== 'supplyEvidence') return null;
  return await jointAgreement(services, view.reader, { caseId, command, ...of });
}

async function prepare(
  services: Services,
  action: PersonalCaseAction,
  caseId: string,
  { version, ...fields }: CommandBody,
  view: ReaderView,
): Promise<Prepared | Problem> {
  const { answers = {}, establishes = {} } = fields;
  const wrong =
    wrongValues(services.zone, answers, '/answers', view.language) ??
    wrongValues(services.zone, establishes, '/establishes', view.language);
  if (wrong) return wrong;
  if (action === 'serveOutput') return await prepareServing(services, caseId, version, establishes, view);
  const command = { ...fields, type: action } as CaseCommand;
  if (command.type !== 'amendCase' && command.type !== 'supplyEvidence') {
    return { command, output: null, seenVersion: version };
  }
  const asked = (fields.evidence ?? []) as readonly { readonly type: string; readonly evidenceId: string }[];
  const evidence = await papersOf(services, asked, view.reader);
  if (evidence instanceof Problem) return evidence;
  return { command: { ...command, evidence }, output: null, seenVersion: version };
}

/** The papers that are handed in, as a case knows them; or every one that the organisation does not have. */
async function papersOf(
  { store }: Services,
  asked: readonly { readonly type: string; readonly evidenceId: string }[],
  reader: Reader,
): Promise<readonly EvidenceItem[] | Problem> {
  if (asked.length === 0) return [];
  const ids = asked.map(({ evidenceId }) => evidenceId);
  const papers = await store.read(reader, (tx) => findOwnEvidence(tx, ids));
  const unknown = ids.filter((id) => !papers.has(id));
  if (unknown.length > 0) {
    const errors = ids.flatMap((id, index) =>
      papers.has(id) ? [] : [{ pointer: `/evidence/${index}/evidenceId`, detail: id }],
    );
    return new Problem('evidenceUnknown', { facts: { evidence: unknown }, errors });
  }
  return asked.flatMap(({ type, evidenceId }) => {
    const paper = papers.get(evidenceId);
    return paper ? [{ type, name: paper.name, digest: paper.sha256 }] : [];
  });
}

/**
 * The document is made before the order that serves it, from the version of the case that the order then insists on.
 * Where serving is not open nothing is made: the order is refused, or finds what it did the first time.
 */
async function prepareServing(
  services: Services,
  caseId: string,
  version: number | undefined,
  establishes: Facts,
  view: ReaderView,
): Promise<Prepared | Problem> {
  const { store, definitions } = services;
  const found = await store.read(view.reader, async (tx) => {
    const stored = await findCase(tx, caseId);
    if (stored) await definitions.load(tx, [stored.row.definitionHash]);
    return stored;
  });
  if (found === null) return problem('notFound');
  const { row, state } = found;
  const service = definitions.service(row.definitionHash);
  const context = contextFor(services, service, view);
  const [refusal] = availableActions(state, context)
    .filter(({ action }) => action === 'serveOutput')
    .map((availability) => availability.refusal);
  const isStale = version !== undefined && version !== row.version;
  if (refusal || isStale || state.status !== 'decided') {
    return {
      command: { type: 'serveOutput', receiptNumber: '', establishes },
      output: null,
      seenVersion: version,
    };
  }
  const output = await prepareOutput(services, row, state, service, establishes);
  return {
    command: { type: 'serveOutput', receiptNumber: output.receiptNumber, establishes },
    output,
    seenVersion: row.version,
    // What the document says already, though midnight may have passed while it was made. No event can lie between: the
    // version would be another.
    actsOn: output.statement.content.issuedOn,
  };
}
