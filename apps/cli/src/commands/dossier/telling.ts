import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import { combine } from '@twinpark/kernel/case/joint.ts';
import { type CaseState, noCase } from '@twinpark/kernel/case/state.ts';
import { getService, getStep } from '@twinpark/kernel/dossier/dossier.ts';
import { type Drift, findDrift, type Gap, listGaps } from '@twinpark/kernel/dossier/render.ts';
import type { DossierScript } from '@twinpark/kernel/dossier/script.ts';
import {
  type LogEntry,
  type Simulation,
  type SimulationWorld,
  simulate,
} from '@twinpark/kernel/dossier/simulate.ts';
import type { JointCombination } from '@twinpark/kernel/vocabulary.ts';
import { type Expectation, outcomesMissed, refusalExpected } from './expectation.ts';

/** A scripted dossier that has been run, moment by moment. */
export interface Telling {
  readonly script: DossierScript;
  readonly world: SimulationWorld;
  readonly simulation: Simulation;
  /** What each side lacks on the first day. */
  readonly gapsAtFirst: readonly Gap[];
  readonly gapsAtLast: readonly Gap[];
  readonly moments: readonly Moment[];
  /** Journey steps whose case did not end as it should. */
  readonly outcomesMissed: readonly string[];
}

/** One entry of the story with what it left behind. */
export interface Moment extends LogEntry {
  /** Journey step and service acted on; null for an act on the dossier itself. */
  readonly on: { readonly step: string; readonly service: ServiceDefinition } | null;
  /** The cases that this moment touched, as they stand after it. */
  readonly states: ReadonlyMap<string, CaseState>;
  /** Rows of the outcome tables that the answers selected, by journey step. */
  readonly rows: ReadonlyMap<string, JointCombination>;
  /** Filings that have come apart from the dossier at this moment. */
  readonly apart: readonly Drift[];
  /** Whether the last filing that stood apart has been brought in step again. */
  readonly mended: boolean;
  /** Whether it came out as it should, and with which code it should have been refused. */
  readonly asExpected: boolean;
  readonly expectedRefusal: string | null;
}

/** Runs a script; without an expectation whatever comes out is right. */
export function tell(
  script: DossierScript,
  world: SimulationWorld,
  expectation: Expectation | null,
): Telling {
  const simulation = simulate(script, world);
  const begun = simulate({ ...script, story: [] }, world);
  return {
    script,
    world,
    simulation,
    gapsAtFirst: listGaps(begun.dossier, world),
    gapsAtLast: listGaps(simulation.dossier, world),
    moments: follow(world, simulation, expectation),
    outcomesMissed: expectation === null ? [] : outcomesMissed(expectation, simulation),
  };
}

/** The service of a journey step. */
export function serviceOf(world: SimulationWorld, step: string): ServiceDefinition {
  return getService(world, getStep(world, step));
}

function follow(
  world: SimulationWorld,
  { log }: Simulation,
  expectation: Expectation | null,
): readonly Moment[] {
  const cases = new Map<string, CaseState>();
  let standing: readonly Drift[] = [];
  return log.map((logged): Moment => {
    const { entry, events, refusal } = logged;
    const rows = new Map<string, JointCombination>();
    for (const { step, event } of events) {
      const state = cases.get(step) ?? noCase;
      const row = rowSelected(event, state);
      if (row !== null) rows.set(step, row);
      cases.set(step, replay([event], state));
    }
    const touched = [...new Set(events.map(({ step }) => step))];
    const before = standing;
    const expectedRefusal = expectation === null ? null : refusalExpected(expectation, entry);
    standing = findDrift(logged.dossier, world);
    return {
      ...logged,
      on:
        entry.act.do === 'answer'
          ? null
          : { step: entry.act.step, service: serviceOf(world, entry.act.step) },
      states: new Map(touched.map((step) => [step, cases.get(step) ?? noCase])),
      rows,
      apart: standing.filter((drift) => !before.some((known) => isSame(known, drift))),
      mended: before.length > 0 && standing.length === 0,
      asExpected: expectation === null || (refusal?.code ?? null) === expectedRefusal,
      expectedRefusal,
    };
  });
}

/** A panel that meets again forgets its answers, so the row is read before the outcome takes effect. */
function rowSelected(event: CaseEvent, state: CaseState): JointCombination | null {
  if (event.type !== 'jointOutcomeReached' || !('joint' in state)) return null;
  const { own, other } = state.joint[event.step] ?? {};
  return own && other ? combine(own.answer, other.answer) : null;
}

function isSame(one: Drift, other: Drift): boolean {
  return one.step === other.step && one.field === other.field && one.kind === other.kind;
}

/** Whether every act came out and every case ended as it should. */
export function wentAsExpected({ moments, outcomesMissed: missed }: Telling): boolean {
  return missed.length === 0 && moments.every(({ asExpected }) => asExpected);
}
