import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import { decide } from '@twinpark/kernel/case/decide.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import type { Actor, CaseState } from '@twinpark/kernel/case/state.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import { dateIn } from '../platform/clock.ts';
import type { Services } from '../services.ts';

/** What a case would say to commands today, in the park that decides and under its law; nothing of it is kept. */
export function askCase(
  { clock, zone, calendarFor }: Pick<Services, 'clock' | 'zone' | 'calendarFor'>,
  service: ServiceDefinition,
  commands: readonly CaseCommand[],
  from: CaseState,
  actor: Actor,
): { readonly state: CaseState; readonly refusal: Refusal | null } {
  const now = clock.now();
  const today = dateIn(getPark(zone, service.park).timeZone, now);
  const context = { actor, today, at: now.toString(), service, calendarFor };
  let state = from;
  for (const command of commands) {
    const outcome = decide(command, state, context);
    if ('refusal' in outcome) return { state, refusal: outcome.refusal };
    state = replay(outcome.events, state);
  }
  return { state, refusal: null };
}
