import type { Expression, FactId } from '../policy/expression.ts';
import type { Citation, Period } from '../shared/citation.ts';
import type { Text } from '../shared/text.ts';
import type { TimeLimit } from '../shared/time-limit.ts';
import type { JointCombination, JointConsequence } from '../vocabulary.ts';

/**
 * The law a case is filed under: what one authority of one park asks, in which steps, within which time.
 * Compiled from one service of the zone pack. A case pins the content `hash`, so running cases never change law.
 */
export interface ServiceDefinition {
  readonly id: string;
  /** SHA-256 (hex) of the canonical JSON of this definition without the hash itself. */
  readonly hash: string;
  readonly park: string;
  readonly authority: string;
  readonly name: Text;
  readonly citation: Citation;
  readonly effective: Period;
  readonly needs: readonly Need[];
  /** Facts that this service's output establishes for later services, such as a registration number. */
  readonly provides: readonly FactId[];
  readonly evidence: readonly EvidenceRequirement[];
  readonly criteria: readonly Criterion[];
  /** Time for the authority to accept, return or decline the filing; null where none is established. */
  readonly acceptanceLimit: TimeLimit | null;
  /** Time for the authority to decide; null where none is established. */
  readonly decisionLimit: TimeLimit | null;
  readonly supplement: SupplementRule;
  readonly steps: readonly StepDefinition[];
  readonly specialProcedures: readonly SpecialProcedure[];
  /** The clause that asks for a second officer to approve every decision; null where one officer decides. */
  readonly fourEyes: Citation | null;
  readonly fees: readonly Fee[];
  readonly output: Output;
  readonly remedies: readonly Remedy[];
  /** Time limits that are null above because the public sources do not settle them. */
  readonly unestablished: readonly Unestablished[];
}

/** A time limit that the public sources do not settle: shown as unknown with what is known of it, never guessed. */
export interface Unestablished {
  readonly limit: 'acceptance' | 'decision' | 'supplement' | 'step' | 'remedy';
  /** Id of the step or remedy; null for a limit of the service itself. */
  readonly of: string | null;
  readonly citation: Citation;
}

/** A fact that a filing must carry; with `when`, only if the expression does not come out as no. */
export interface Need {
  readonly fact: FactId;
  readonly when: Expression | null;
  readonly optional: boolean;
}

export interface EvidenceRequirement {
  /** Id of an evidence type of the pack. */
  readonly type: string;
  readonly when: Expression | null;
  /** Time from acceptance within which this minor paper may still be owed (容缺受理); null where it may not. */
  readonly debt: TimeLimit | null;
}

/** A condition the law sets for a grant. Without a `test` an officer judges it. */
export interface Criterion {
  readonly id: string;
  readonly name: Text;
  readonly test: Expression | null;
  readonly citation: Citation;
}

export interface SupplementRule {
  /** Time for the applicant to supply what was asked for; null where none is established. */
  readonly limit: TimeLimit | null;
  /** How often evidence may be asked for; null for no bound. */
  readonly rounds: number | null;
  /** What follows when the applicant stays silent past the limit. */
  readonly silence: 'lapses' | 'nothing';
}

export interface StepDefinition {
  readonly id: string;
  readonly name: Text;
  /** Organisation of the pack on whose desk the step lies. */
  readonly by: string;
  readonly after: readonly string[];
  readonly when: Expression | null;
  readonly limit: TimeLimit | null;
  /** Set where both sides adopt one panel or assessment; null for the authority's own step. */
  readonly joint: JointPart | null;
  readonly citation: Citation;
}

export interface JointPart {
  /** Name of the panel or assessment, shared by the services of both parks. */
  readonly id: string;
  readonly otherPark: string;
  readonly otherAuthority: string;
  /** The only facts of this side's filing that the other side's panel sees. */
  readonly shares: readonly FactId[];
  readonly outcomes: JointOutcomeTable;
}

export type JointOutcomeTable = Readonly<
  Record<JointCombination, { readonly consequence: JointConsequence; readonly explanation: Text }>
>;

/** A procedure whose time the clock leaves out by law: expert review, inspection, hearing. */
export interface SpecialProcedure {
  readonly id: string;
  readonly name: Text;
  /** Organisation that owns the days of the procedure. */
  readonly by: string;
  readonly citation: Citation;
}

export interface Fee {
  readonly id: string;
  readonly name: Text;
  /** Integer minor units; null where the amount is not established. */
  readonly amountMinorUnits: number | null;
  readonly currency: string;
  readonly citation: Citation;
}

export interface Output {
  readonly id: string;
  readonly name: Text;
  /** Languages in which the output is issued. */
  readonly languages: readonly string[];
  /** Months the output stays valid; null for no end. */
  readonly validityMonths: number | null;
}

/** Where and how long a decision can be challenged. */
export interface Remedy {
  readonly id: string;
  readonly name: Text;
  readonly body: string;
  /** Time to lodge, from the day the decision was served; null where none is established. */
  readonly limit: TimeLimit | null;
  readonly languages: readonly string[];
  readonly citation: Citation;
}
