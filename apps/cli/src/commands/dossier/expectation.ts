import type { StoryEntry } from '@twinpark/kernel/dossier/script.ts';
import type { Simulation } from '@twinpark/kernel/dossier/simulate.ts';
import { caseActions, decisionOutcomes, refusalCodes } from '@twinpark/kernel/vocabulary.ts';
import { checkStructure } from '@twinpark/pack/check/structure.ts';
import { openFile } from '@twinpark/pack/check.ts';
import { findings } from '@twinpark/pack/findings.ts';
import { inReadingOrder, type Problem } from '@twinpark/pack/problems.ts';
import { id, isoDate } from '@twinpark/pack/schema/common.ts';
import type { PackSource } from '@twinpark/pack/source.ts';
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

export function readExpectation(
  source: PackSource,
): { readonly expectation: Expectation } | { readonly problems: readonly Problem[] } {
  const { problems, raise } = findings();
  const { tree } = openFile(source, problems);
  if (tree) checkStructure(expectation, tree.value, { tree, path: [] }, raise);
  return tree && problems.length === 0
    ? { expectation: tree.value as Expectation }
    : { problems: problems.toSorted(inReadingOrder) };
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
