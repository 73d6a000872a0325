import { commandForms, type PersonalCaseAction } from '@twinpark/contract/case/case-commands.ts';
import type { MemberRole } from '@twinpark/contract/identity/roles.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Actor } from '@twinpark/kernel/case/state.ts';
import type { Reader } from '../platform/database/store.ts';

/** In which capacity somebody does something with a case: who decides on a remedy does it as the body that reviews. */
export function actorFor({ kind, person, organization }: Reader, action: PersonalCaseAction): Actor {
  if (action === 'decideRemedy') return { role: 'remedyBody', person, organization };
  return { role: kind === 'applicant' ? 'applicant' : 'officer', person, organization };
}

/** What a person in a role could do with a case of this service at all; whether it may now is the kernel's to say. */
export function actionsOf(
  role: MemberRole,
  { remedies }: ServiceDefinition,
  { organization }: Reader,
): readonly PersonalCaseAction[] {
  return (Object.keys(commandForms) as PersonalCaseAction[]).filter((action) => {
    const access: readonly MemberRole[] = commandForms[action].access;
    if (action === 'decideRemedy' && !remedies.some(({ body }) => body === organization)) return false;
    return access.includes(role);
  });
}
