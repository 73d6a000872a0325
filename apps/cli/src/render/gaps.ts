import type { Gap } from '@twinpark/kernel/dossier/render.ts';
import { namesOf } from '@twinpark/pack/words/names.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { fill, type Messages } from '../i18n/messages.ts';
import { hang } from './width.ts';

/** What each side still lacks, park by park and service by service. */
export function gapLines(gaps: readonly Gap[], zone: Zone, m: Messages, width: number): string[] {
  if (gaps.length === 0) return [`  ${m.plan.noGaps}`];
  return [...zone.parks.keys()].flatMap((park) => {
    const own = gaps.filter((gap) => gap.park === park);
    return own.flatMap((gap) => gapOfService(gap, zone, m, width));
  });
}

/** What one service lacks, as the lines of a list. */
export function lackingOf(gap: Gap, zone: Zone, m: Messages): string[] {
  const names = namesOf(zone, m);
  const { facts, evidence, awaited, mayFollow } = gap;
  const from = [...new Set(awaited.flatMap((fact) => fact.from))];
  return [
    ...some(m.plan.missingFacts, facts.length, { facts: listOf(m, facts.map(names.fact)) }),
    ...some(m.plan.missingEvidence, evidence.length, { papers: listOf(m, evidence.map(names.evidence)) }),
    ...some(m.plan.awaited, awaited.length, {
      facts: listOf(
        m,
        awaited.map(({ fact }) => names.fact(fact)),
      ),
      steps: listOf(m, from.map(names.service)),
    }),
    ...some(m.plan.mayFollow, mayFollow.length, { papers: listOf(m, mayFollow.map(names.evidence)) }),
  ];
}

function gapOfService(gap: Gap, zone: Zone, m: Messages, width: number): string[] {
  const names = namesOf(zone, m);
  return [
    ...hang(names.service(gap.service), width, '     ', `  ${names.mark(gap.park)} `),
    ...lackingOf(gap, zone, m).flatMap((line) => hang(line, width, '     ')),
  ];
}

function some(message: string, count: number, parameters: Readonly<Record<string, string>>): string[] {
  return count === 0 ? [] : [fill(message, parameters)];
}
