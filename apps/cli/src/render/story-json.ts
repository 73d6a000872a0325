import { refusalInWords } from '@twinpark/pack/words/refusal.ts';
import { pick } from '@twinpark/pack/words/words.ts';
import { serviceOf, wentAsExpected } from '../commands/dossier/telling.ts';
import { decidedOn } from './ending.ts';
import type { Teller } from './teller.ts';

/** A run of a script for programs: the log with events and refusals, and how each case ended. */
export function describeStory(teller: Teller) {
  const { telling, names, m } = teller;
  const { script, world, simulation } = telling;
  return {
    title: pick(script.title, m),
    journey: script.journey,
    applicant: pick(script.applicant.name, m),
    startOn: script.startOn,
    asExpected: wentAsExpected(telling),
    missingAtFirst: telling.gapsAtFirst,
    log: telling.moments.map((moment) => {
      const { entry, events, refusal, clock, apart, on, asExpected } = moment;
      const { act } = entry;
      return {
        on: entry.on,
        do: act.do,
        ...(act.do !== 'answer' && { step: act.step, by: act.by, person: act.person }),
        ...(on !== null && { park: on.service.park }),
        events,
        clock,
        refusal:
          refusal === null || on === null
            ? null
            : { ...refusal, message: refusalInWords(refusal, on.service, names, m) },
        drift: apart,
        asExpected,
      };
    }),
    cases: [...simulation.cases].map(([step, state]) => {
      const { id, park } = serviceOf(world, step);
      const decided = decidedOn(step, teller);
      const dueOn = decided?.clock?.dueOn ?? null;
      return {
        step,
        service: id,
        park,
        status: state.status,
        outcome: 'decision' in state ? state.decision.outcome : null,
        conditions: 'decision' in state ? state.decision.conditions : [],
        decidedOn: decided?.on ?? null,
        dueOn,
        kept: decided === null || dueOn === null ? null : decided.on <= dueOn,
        receiptNumber: 'receiptNumber' in state ? state.receiptNumber : null,
      };
    }),
    stillMissing: telling.gapsAtLast,
  };
}
