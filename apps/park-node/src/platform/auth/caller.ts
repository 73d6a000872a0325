import type { MemberRole, OrganizationKind } from '@twinpark/contract/identity/roles.ts';
import type { Actor } from '@twinpark/kernel/case/state.ts';
import type { Reader } from '../database/store.ts';

/** Who asks: a person, and the one organisation it acts for in this session. */
export interface Caller {
  readonly person: Person;
  /** Null until the person has chosen an organisation. */
  readonly acting: Membership | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Only an address that somebody vouches for; null otherwise. */
  readonly email: string | null;
  readonly assurance: 'low' | 'substantial' | 'high';
  readonly demo: boolean;
}

export interface Membership {
  readonly organizationId: string;
  readonly kind: OrganizationKind;
  /** Id in the zone pack; null for an applicant's organisation. */
  readonly packId: string | null;
  readonly name: string;
  readonly role: MemberRole;
  readonly manages: boolean;
}

/** A caller who acts for an organisation, as an endpoint for members gets it. */
export interface Member {
  readonly person: Person;
  readonly acting: Membership;
}

/** By what the database knows the organisation: an applicant by its id, all others by their id in the zone pack. */
export function organizationKey({ organizationId, packId }: Membership): string {
  return packId ?? organizationId;
}

/** For whom this caller's queries read; null for the body that runs the park, which reads no case. */
export function readerOf({ person, acting }: Member): Reader | null {
  if (acting.kind === 'operator') return null;
  return { kind: acting.kind, organization: organizationKey(acting), person: person.id };
}

/** In which capacity this caller acts on a case; a supervisor acts as an officer of the same desk. */
export function actorOf({ person, acting }: Member): Actor {
  return {
    role: acting.kind === 'applicant' ? 'applicant' : 'officer',
    person: person.id,
    organization: organizationKey(acting),
  };
}
