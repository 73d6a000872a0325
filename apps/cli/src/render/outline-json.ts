import { namesOf } from '@twinpark/pack/words/names.ts';
import { pick } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import type { Outline } from '../commands/journey/outline.ts';
import type { Messages } from '../i18n/messages.ts';
import { plainDate } from './dates.ts';
import { causeInWords } from './day-cause.ts';
import { sidesOf } from './one-sided-days.ts';

/** The plan of a journey for programs, with the same words as the text has. */
export function describeOutline(outline: Outline, zone: Zone, m: Messages) {
  const names = namesOf(zone, m);
  const sidesOn = sidesOf(zone);
  const { journey, from, steps, notNeeded, form, papers, gaps } = outline;
  const sides = (date: string | null) =>
    date === null
      ? null
      : Object.fromEntries(
          sidesOn(plainDate(date)).map(({ park, works, cause }) => [
            park.id,
            { works, cause: cause.kind, because: causeInWords(cause, zone, false, m) },
          ]),
        );
  return {
    journey: journey.id,
    name: pick(journey.name, m),
    from: from.toString(),
    asked: form.map(({ section, facts }) => ({
      section: section.id,
      title: pick(section.title, m),
      facts: facts.map(({ fact, ...asked }) => ({ fact, label: names.fact(fact), ...asked })),
    })),
    papers: papers.map(({ type, ...asked }) => ({ type, name: names.evidence(type), ...asked })),
    steps: steps.map(({ jointly, ...step }) => ({
      ...step,
      name: names.service(step.service),
      authorityName: names.organization(step.authority),
      jointly: jointly.map(({ with: other, panel }) => ({ with: other, panel: pick(panel, m) })),
      fileOnSides: sides(step.fileOn),
      decidedBySides: sides(step.decidedBy),
    })),
    notNeeded: notNeeded.map(({ step, because }) => ({
      ...step,
      name: names.service(step.service),
      because,
    })),
    gaps,
  };
}
