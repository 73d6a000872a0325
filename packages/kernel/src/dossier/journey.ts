import type { Expression, FactId } from '../policy/expression.ts';
import type { Text } from '../shared/text.ts';

/** A life or business event (一件事) that orders services of both parks and asks every fact once. */
export interface JourneyDefinition {
  readonly id: string;
  readonly hash: string;
  readonly name: Text;
  readonly summary: Text;
  readonly steps: readonly JourneyStep[];
  readonly form: readonly FormSection[];
}

/** One filing of one service within a journey. */
export interface JourneyStep {
  /** The service's id, or a name of its own where one service is filed twice. */
  readonly id: string;
  readonly service: string;
  readonly after: readonly string[];
  readonly when: Expression | null;
}

export interface FormSection {
  readonly id: string;
  readonly title: Text;
  readonly facts: readonly FactId[];
}
