import type { DossierScript, StoryEntry } from '@twinpark/kernel/dossier/script.ts';
import type { Simulation } from '@twinpark/kernel/dossier/simulate.ts';
import { caseActions, decisionOutcomes, refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { checkStructure } from '@twinpark/pack/check/structure.ts';
import { openFile } from '@twinpark/pack/check.ts';
import { findings, keyOf, type Raise } from '@twinpark/pack/findings.ts';
import { nearest } from '@twinpark/pack/nearest.ts';
import { inReadingOrder, type Problem } from '@twinpark/pack/problems.ts';
import { id, isoDate } from '@twinpark/pack/schema/common.ts';
import type { PackSource } from '@twinpark/pack/source.ts';
import { inside, type Place } from '@twinpark/pack/tree.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { z } from 'zod';

/**
 * What must come out of a script. It stands in a file of its own beside the script, `NAME.expected.yaml`, so that a
 * worked example is a check as well: every act is accepted but those listed, and the cases end as it says.
 */
const expectation = z.strictObject({
  refused: z
    .array(z.strictObject({ on: isoDate, step: id, do: z.enum(caseActions), code: z.enum(refusalCodes) }))
    .describe('Acts of the story that are refused, and with which code.'),
  outcomes: z.record(id, z.enum(decisionOutcomes)).describe('The decision by journey step.'),
});

export type Expectation = z.infer<typeof expectation>;

/** An expectation of what a script does; one of an act that the story does not tell would hold without being tried. */
export function readExpectation(
  source: PackSource,
  script: DossierScript,
  { journeys }: Pick<Zone, 'journeys'>,
): { readonly expectation: Expectation } | { readonly problems: readonly Problem[] } {
  const { problems, raise } = findings();
  const { tree } = openFile(source, problems);
  if (tree && checkStructure(expectation, tree.value, { tree, path: [] }, raise)) {
    const steps = journeys.get(script.journey)?.steps.map(({ id: step }) => step) ?? [];
    checkNamed(tree.value as Expectation, { tree, path: [] }, script, steps, raise);
  }
  return tree && problems.length === 0
    ? { expectation: tree.value as Expectation }
    : { problems: problems.toSorted(inReadingOrder) };
}

function checkNamed(
  { refused, outcomes }: Expectation,
  place: Place,
  { story }: DossierScript,
  steps: readonly string[],
  raise: Raise,
): void {
  for (const [index, { on, step, do: action }] of refused.entries()) {
    const told = story.some(({ on: day, act }) => {
      return act.do !== 'answer' && day === on && act.step === step && act.do === action;
    });
    if (!told) raise('act-not-told', inside(place, 'refused', index), { on, step, action });
  }
  for (const step of Object.keys(outcomes)) {
    if (steps.includes(step)) continue;
    const parameters = { value: step, allowed: steps.join(', '), suggestion: nearest(step, steps) };
    raise('wrong-value', keyOf(inside(place, 'outcomes', step)), parameters);
  }
}

/** The code with which an act should be refused; null where it should be accepted. */
export function refusalExpected({ refused }: Expectation, { on, act }: StoryEntry): string | null {
  if (act.do === 'answer') return null;
  const entry = refused.find((known) => known.on === on && known.step === act.step && known.do === act.do);
  return entry?.code ?? null;
}

/** Journey steps whose case did not end as expected. */
export function outcomesMissed({ outcomes }: Expectation, { dossier }: Simulation): readonly string[] {
  return Object.entries(outcomes)
    .filter(([step, outcome]) => dossier.filings[step]?.outcome !== outcome)
    .map(([step]) => step);
}

/** Where the expectation of a script stands. */
export function expectationPath(script: string): string {
  return script.replace(/(\.ya?ml)?$/, '.expected.yaml');
}
