import { actionTable } from '@twinpark/kernel/case/action-table.ts';
import type { EvidenceItem } from '@twinpark/kernel/case/state.ts';
import type { CaseAct, DossierScript, StoryAct, StoryEntry } from '@twinpark/kernel/dossier/script.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { openFile } from './check.ts';
import { findings } from './findings.ts';
import { hashOf } from './hash.ts';
import { inReadingOrder, type Problem } from './problems.ts';
import { checkScript } from './script/check.ts';
import type { Entry, Paper, WrittenAct, WrittenScript } from './script/schema.ts';
import type { PackSource } from './source.ts';
import type { Zone } from './zone.ts';

export type ReadScript = { readonly script: DossierScript } | { readonly problems: readonly Problem[] };

/**
 * A scripted dossier from its YAML file, ready to be run in the zone, or everything that is wrong with it.
 *
 * What it names must exist in the zone and its answers must be of the kinds that the fact dictionary gives them.
 * Whether an act is allowed when it comes is not asked here: the run refuses it, and a script may want to show that.
 */
export function readScript(source: PackSource, zone: Zone): ReadScript {
  const { problems, raise } = findings();
  const { tree } = openFile(source, problems);
  if (tree) checkScript(tree.value, { tree, path: [] }, { zone, raise });
  return tree && problems.length === 0
    ? { script: scriptOf(tree.value as WrittenScript) }
    : { problems: problems.toSorted(inReadingOrder) };
}

function scriptOf(written: WrittenScript): DossierScript {
  const { id, name } = written.applicant;
  return {
    title: written.title,
    journey: written.journey,
    applicant: { id: id ?? 'applicant', name },
    startOn: written.startOn,
    answers: (written.answers ?? {}) as Facts,
    evidence: (written.evidence ?? []).map(evidenceOf),
    story: (written.story as Entry[]).map(entryOf),
  };
}

function entryOf(entry: Entry): StoryEntry {
  return { on: entry.on, note: entry.note ?? null, act: actOf(entry) };
}

function actOf(entry: Entry): StoryAct {
  if (entry.do === 'answer') {
    const { answers = {}, evidence = [] } = entry;
    return { do: 'answer', answers: answers as Facts, evidence: evidence.map(evidenceOf) };
  }
  const { on: _on, note: _note, do: action, step, by, person, outputs, ...fields } = entry;
  // The schema of the entry's action has settled which fields its command has.
  return {
    do: action,
    step,
    by: by ?? actionTable[action].by[0],
    person: person ?? null,
    command: commandOf(fields),
    outputs: outputs ?? {},
  } as CaseAct;
}

/** The command's fields as the kernel names them. */
function commandOf({ caseStep, evidence, ...fields }: Pick<WrittenAct, 'caseStep' | 'evidence'>): object {
  return {
    ...fields,
    ...(caseStep !== undefined && { step: caseStep }),
    ...(evidence && {
      evidence: evidence.map((paper) => (typeof paper === 'string' ? paper : evidenceOf(paper))),
    }),
  };
}

/** Without bytes to digest, a paper is the same as long as what the script says of it is the same. */
function evidenceOf(paper: Paper): EvidenceItem {
  return { type: paper.type, name: paper.name, digest: hashOf(paper) };
}
