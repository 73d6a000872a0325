import {
  authorityClock,
  authorityLimit,
  isPending,
  type RunningClock,
  runningClocks,
} from '../case/clock.ts';
import type { CaseCommand } from '../case/commands.ts';
import type { CaseContext } from '../case/context.ts';
import { decide } from '../case/decide.ts';
import type { ServiceDefinition } from '../case/definition.ts';
import type { CaseEvent, EventOf } from '../case/events.ts';
import { replay } from '../case/evolve.ts';
import { type Actor, type CaseState, type DraftCase, noCase } from '../case/state.ts';
import { boundConditions } from '../case/steps.ts';
import type { IsoDate } from '../shared/date.ts';
import type { Refusal } from '../shared/refusal.ts';
import type { Role } from '../vocabulary.ts';
import {
  addEvidence,
  answer,
  type Dossier,
  endedWithoutGrant,
  type FilingRecord,
  getService,
  getStep,
  type JourneyWorld,
  recordFiling,
  toldBy,
} from './dossier.ts';
import type { JourneyStep } from './journey.ts';
import { amendmentFor, renderFiling } from './render.ts';
import type { CaseAct, DossierScript, StoryCommand, StoryEntry } from './script.ts';
import { outOfOrder } from './standing.ts';

/** What a scripted dossier runs in: the content of the zone and the working days of its parks. */
export interface SimulationWorld extends JourneyWorld {
  readonly calendarFor: CaseContext['calendarFor'];
  readonly timeZoneOf: (park: string) => string;
}

/** What one entry of the story did. */
export interface LogEntry {
  readonly entry: StoryEntry;
  /** Events by journey step: of the case acted on, and of the other side's case where the act was passed on to it. */
  readonly events: readonly { readonly step: string; readonly event: CaseEvent }[];
  readonly refusal: Refusal | null;
  /**
   * The clock that the act had to keep, as it stood when it was asked for: the authority's, or the applicant's own for
   * evidence supplied on request; null where none ran.
   */
  readonly clock: RunningClock | null;
  /** For a decision: why a grant would have been refused at that moment; null where it would have been allowed. */
  readonly againstGrant: Refusal | null;
  /** The dossier as the act left it. */
  readonly dossier: Dossier;
}

export interface Simulation {
  readonly dossier: Dossier;
  readonly cases: ReadonlyMap<string, CaseState>;
  readonly log: readonly LogEntry[];
}

/** Runs a scripted dossier through the same decisions as real ones. A refused act is logged and changes nothing. */
export function simulate(script: DossierScript, world: SimulationWorld): Simulation {
  const run = new Run(script, world);
  const log = script.story.map((entry) => ({ ...run.perform(entry), dossier: run.dossier }));
  return { dossier: run.dossier, cases: run.cases, log };
}

interface Said {
  readonly from: string;
  readonly event: EventOf<'contributionRecorded'>;
  /** Cases of the other side that it has reached. */
  readonly heardBy: Set<string>;
}

/** One run in progress: the dossier, its cases, and what the sides have said to each other. */
class Run {
  readonly cases = new Map<string, CaseState>();
  readonly script: DossierScript;
  readonly world: SimulationWorld;
  dossier: Dossier;
  /** The newest word of each side in each joint step; a case that is filed anew hears it too. */
  readonly #said = new Map<string, Said>();

  constructor(script: DossierScript, world: SimulationWorld) {
    const { applicant, journey, answers, evidence, startOn } = script;
    const empty = { id: 'dossier', journey, applicant: applicant.id, answers: {}, evidence: {}, filings: {} };
    this.script = script;
    this.world = world;
    this.dossier = addEvidence(answer(empty, answers, startOn), evidence, startOn);
  }

  perform(entry: StoryEntry): Omit<LogEntry, 'dossier'> {
    const { act, on } = entry;
    const nothing = { entry, events: [], refusal: null, clock: null, againstGrant: null };
    if (act.do === 'answer') {
      this.dossier = addEvidence(answer(this.dossier, act.answers, on), act.evidence, on);
      return nothing;
    }
    const step = getStep(this.world, act.step);
    const service = getService(this.world, step);
    const held = this.#caseOf(step.id);
    const before = startsAnew(act, held) ? noCase : held;
    const context = this.#context(service, actorOf(act, service, before, this.script.applicant.id), on);
    const seen = { clock: clockOf(act, before, context), againstGrant: refusalOfGrant(act, before, context) };
    const dossier = withNotice(this.dossier, act, on);
    const early = act.do === 'fileCase' ? outOfOrder(dossier, step, this.world) : null;
    if (early) return { ...nothing, ...seen, refusal: early };
    const events: CaseEvent[] = [];
    let state = before;
    for (const command of commandsOf(act, caseIdAfter(held, step, service), service, before, dossier)) {
      const outcome = decide(command, state, context);
      if ('refusal' in outcome) return { ...nothing, ...seen, refusal: outcome.refusal };
      state = replay(outcome.events, state);
      events.push(...outcome.events);
    }
    const told = toldBy(events);
    this.dossier = addEvidence(answer(dossier, told.answers, on), told.evidence, on);
    this.#keep(step, state, service);
    const own = events.map((event) => ({ step: step.id, event }));
    return { ...nothing, ...seen, events: [...own, ...this.#passOn(step.id, events, on)] };
  }

  /** The gateway in small: what one side says in a joint step reaches the other side's case once that is open to it. */
  #passOn(from: string, events: readonly CaseEvent[], on: IsoDate) {
    for (const event of events) {
      if (event.type !== 'contributionRecorded' || event.side !== 'own') continue;
      this.#said.set(`${from} ${event.step}`, { from, event, heardBy: new Set() });
    }
    return [...this.#said.values()].flatMap((said) => this.#deliver(said, on));
  }

  #deliver({ from, event, heardBy }: Said, on: IsoDate) {
    const sender = getService(this.world, getStep(this.world, from));
    const panel = sender.steps.find((candidate) => candidate.id === event.step)?.joint;
    for (const step of this.world.journey.steps) {
      const service = getService(this.world, step);
      const twin = service.steps.find(({ joint }) => joint?.id === panel?.id);
      const state = this.#caseOf(step.id);
      if (!twin || service.park !== panel?.otherPark) continue;
      if (state.status === 'none' || heardBy.has(state.caseId)) continue;
      // A case that is filed anew is judged anew: a word from a case that has ended too was for the old one.
      if (heardBy.size > 0 && hasEnded(this.#caseOf(from))) continue;
      const { answer: said, conditions } = event.contribution;
      const actor: Actor = {
        role: 'peer',
        person: 'gateway',
        organization: twin.joint?.otherAuthority ?? '',
      };
      const command = { type: 'recordContribution', step: twin.id, answer: said, conditions } as const;
      const outcome = decide(command, state, this.#context(service, actor, on));
      if ('refusal' in outcome) continue;
      heardBy.add(state.caseId);
      this.#keep(step, replay(outcome.events, state), service);
      return outcome.events.map((received) => ({ step: step.id, event: received }));
    }
    return [];
  }

  #keep(step: JourneyStep, state: CaseState, service: ServiceDefinition): void {
    this.cases.set(step.id, state);
    const filing = filingOf(state, service, this.dossier.filings[step.id]);
    if (filing) this.dossier = recordFiling(this.dossier, step.id, filing);
  }

  #context(service: ServiceDefinition, actor: Actor, today: IsoDate): CaseContext {
    const morning = Temporal.PlainDate.from(today).toZonedDateTime({
      timeZone: this.world.timeZoneOf(service.park),
      plainTime: '09:00',
    });
    const { calendarFor } = this.world;
    return { actor, today, at: morning.toInstant().toString(), service, calendarFor };
  }

  #caseOf(step: string): CaseState {
    return this.cases.get(step) ?? noCase;
  }
}

/** What the dossier knows of a case; nothing as long as it was not filed. */
function filingOf(
  state: CaseState,
  service: ServiceDefinition,
  earlier: FilingRecord | undefined,
): FilingRecord | undefined {
  if (state.status === 'none' || state.status === 'draft') return undefined;
  const { caseId, answers, evidence, status } = state;
  const held = state.status === 'underRemedy' ? state.challenged : state;
  const filedOn = 'filedOn' in held ? held.filedOn : earlier?.filedOn;
  if (filedOn === undefined) return undefined;
  const outcome = 'decision' in held ? held.decision.outcome : null;
  return { caseId, service: service.id, filedOn, answers, evidence, status, outcome };
}

/** What the applicant sends to a case stands in the dossier too: it is written once. */
function withNotice(dossier: Dossier, act: CaseAct, on: IsoDate): Dossier {
  if (act.do !== 'openCase' && act.do !== 'amendCase' && act.do !== 'supplyEvidence') return dossier;
  const { answers = {}, evidence = [] } = act.command;
  return addEvidence(answer(dossier, answers, on), evidence, on);
}

/** A step whose last case ended without a grant is filed as a new case. */
function startsAnew(act: CaseAct, held: CaseState): boolean {
  return (act.do === 'fileCase' || act.do === 'openCase') && hasEnded(held);
}

function hasEnded(state: CaseState): boolean {
  const outcome = 'decision' in state ? state.decision.outcome : null;
  return endedWithoutGrant({ status: state.status, outcome });
}

/** The id of the step's next case: the first bears the step's name, later ones are numbered from 2. */
function caseIdAfter(held: CaseState, step: JourneyStep, { park }: ServiceDefinition): string {
  const first = `${park}-${step.id}`;
  if (held.status === 'none') return first;
  return `${first}-${Number(held.caseId.slice(first.length + 1) || 1) + 1}`;
}

function commandsOf(
  act: CaseAct,
  caseId: string,
  service: ServiceDefinition,
  state: CaseState,
  dossier: Dossier,
): readonly CaseCommand[] {
  const opening = (): CaseCommand => {
    const { answers, evidence } = renderFiling(dossier, service.id, service);
    return { type: 'openCase', caseId, dossier: dossier.id, answers, evidence };
  };
  switch (act.do) {
    case 'openCase':
      return [opening()];
    case 'fileCase':
      if (state.status === 'none') return [opening(), { type: 'fileCase' }];
      return [...(state.status === 'draft' ? catchUp(dossier, service, state) : []), { type: 'fileCase' }];
    case 'amendCase':
      return [{ type: 'amendCase', ...amendmentOf(act.command, dossier, service, state) }];
    case 'serveOutput':
      return [serving(act, state, service)];
    default:
      return [{ ...act.command, type: act.do } as CaseCommand];
  }
}

/** An amendment without fields of its own brings the case in step with the dossier. */
function amendmentOf(
  command: StoryCommand<'amendCase'>,
  dossier: Dossier,
  service: ServiceDefinition,
  state: CaseState,
): StoryCommand<'amendCase'> {
  if (command.answers || command.evidence || state.status === 'none') return command;
  return amendmentFor(dossier, service, state);
}

/** A draft is filed as the dossier stands on that day. */
function catchUp(dossier: Dossier, service: ServiceDefinition, draft: DraftCase): readonly CaseCommand[] {
  const { answers, evidence } = amendmentFor(dossier, service, draft);
  if (Object.keys(answers).length + evidence.length === 0) return [];
  return [{ type: 'amendCase', answers, evidence }];
}

/** What a story says of an output that a decision does not hand out is left aside. */
function serving(
  { command, outputs }: Extract<CaseAct, { do: 'serveOutput' }>,
  state: CaseState,
  { provides }: ServiceDefinition,
): CaseCommand {
  const granted = state.status === 'decided' && state.decision.outcome !== 'refused';
  const declared = Object.entries(outputs).filter(([fact]) => granted && provides.includes(fact));
  return { ...command, type: 'serveOutput', establishes: Object.fromEntries(declared) };
}

/** Who acts when the story names only a role: whoever holds the desk that the act belongs to. */
function actorOf(act: CaseAct, service: ServiceDefinition, state: CaseState, applicant: string): Actor {
  const organization = organizationOf(act, service, state, applicant);
  return { role: act.by, person: act.person ?? `${organization}/${act.by}`, organization };
}

function organizationOf(
  act: CaseAct,
  service: ServiceDefinition,
  state: CaseState,
  applicant: string,
): string {
  const named = 'step' in act.command ? act.command.step : null;
  const step = service.steps.find(({ id }) => id === named);
  const lodged = state.status === 'underRemedy' ? state.remedy : null;
  const remedy = service.remedies.find(({ id }) => id === lodged);
  const byRole: Record<Role, string> = {
    applicant,
    officer: step?.by ?? service.authority,
    peer: step?.joint?.otherAuthority ?? '',
    timer: service.authority,
    remedyBody: remedy?.body ?? '',
  };
  return byRole[act.by];
}

function clockOf(act: CaseAct, state: CaseState, context: CaseContext): RunningClock | null {
  if (!isPending(state)) return null;
  if (act.do === 'supplyEvidence' && state.status === 'awaitingEvidence') {
    return runningClocks(state, context).find(({ of }) => of === 'supplement') ?? null;
  }
  const limit = authorityLimit(state, context);
  return limit === null ? null : authorityClock(state, limit, context);
}

function refusalOfGrant(act: CaseAct, state: CaseState, context: CaseContext): Refusal | null {
  if (act.do !== 'decideCase' && act.do !== 'proposeDecision') return null;
  const conditions = state.status === 'inExamination' ? boundConditions(context.service, state) : [];
  const outcome = conditions.length > 0 ? 'grantedWithConditions' : 'granted';
  const granted = decide({ type: act.do, outcome, conditions }, state, context);
  return 'refusal' in granted ? granted.refusal : null;
}
