import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import { remedyDeadline } from '@twinpark/kernel/case/closing.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { ChallengeableCase } from '@twinpark/kernel/case/state.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { citeLaw, namedOrganization } from '../catalogue/present-law.ts';
import type { OpenedCase } from './project-case.ts';

/** How what the authority did can be challenged: before whom, until when, and what has been tried. */
export function presentRemedies(
  zone: Zone,
  service: ServiceDefinition,
  state: OpenedCase,
  context: CaseContext,
): CaseView['remedies'] {
  const held = challengeable(state);
  return service.remedies.map((remedy) => {
    const lodged = state.status === 'underRemedy' && state.remedy === remedy.id;
    const dismissed = held?.dismissed.find((earlier) => earlier.remedy === remedy.id);
    const deadline = held && remedyDeadline(remedy, held, context);
    return {
      id: remedy.id,
      name: remedy.name,
      body: namedOrganization(zone, remedy.body),
      languages: [...remedy.languages],
      lastDay: deadline?.dueOn ?? null,
      provisional: deadline?.provisional ?? false,
      state: lodged ? 'lodged' : dismissed ? 'dismissed' : 'available',
      lodgedOn: lodged ? state.lodgedOn : (dismissed?.from ?? null),
      law: citeLaw(zone, remedy.citation),
    };
  });
}

function challengeable(state: OpenedCase): ChallengeableCase | null {
  switch (state.status) {
    case 'underRemedy':
      return state.challenged;
    case 'notAccepted':
    case 'lapsed':
    case 'decided':
    case 'served':
    case 'closed':
      return state;
    default:
      return null;
  }
}
