import type { MemberRole } from '@twinpark/contract/identity/roles.ts';
import type { NodeProblemCode } from '@twinpark/contract/problem.ts';
import type { RefusalCode } from '@twinpark/kernel/vocabulary.ts';

/** What is said of a problem: in general, and what happened here and what to do, with the problem's facts filled in. */
export interface ProblemText {
  readonly title: string;
  readonly detail: string;
}

/** Everything the HTTP server says to a person, in one language. Parts in brackets stay away where a fact is missing. */
export interface HttpTexts {
  readonly problems: Readonly<Record<NodeProblemCode, ProblemText>>;
  /** Titles of what the law of a service refuses. */
  readonly refusals: Readonly<Record<RefusalCode, string>>;
  readonly roles: Readonly<Record<MemberRole, string>>;
  readonly faults: FaultTexts;
  readonly page: { readonly status: string; readonly something: string };
}

/** What is wrong with one value of a request. */
export interface FaultTexts {
  readonly missing: string;
  readonly types: Readonly<
    Record<'string' | 'number' | 'int' | 'boolean' | 'array' | 'object' | 'null' | 'other', string>
  >;
  readonly empty: string;
  readonly textTooShort: string;
  readonly textTooLong: string;
  readonly listTooShort: string;
  readonly listTooLong: string;
  readonly numberTooSmall: string;
  readonly numberNotAbove: string;
  readonly numberTooLarge: string;
  readonly numberNotBelow: string;
  readonly step: string;
  readonly formats: Readonly<Record<'uuid' | 'date' | 'datetime' | 'email' | 'url' | 'other', string>>;
  readonly options: string;
  readonly unknownKey: string;
  readonly keyNotAllowed: string;
  readonly noFormFits: string;
  readonly other: string;
  readonly nullCharacter: string;
  readonly brokenCharacter: string;
  readonly reservedKey: string;
  readonly tooDeep: string;
  readonly tooMany: string;
  readonly notFinite: string;
}
