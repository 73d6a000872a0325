/**
 * The typed tree that a criterion's text is lowered to. The pack parses the text; the kernel only evaluates.
 * A fact is named by its id in the zone's fact dictionary, such as `team.headcount`.
 */
export type Expression =
  | { readonly op: 'literal'; readonly value: FactValue }
  | { readonly op: 'fact'; readonly fact: FactId }
  | { readonly op: 'not'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly of: readonly Expression[] }
  | {
      readonly op: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly op: 'in'; readonly item: Expression; readonly list: Expression };

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type FactId = string;

/**
 * A known fact. Dates are `YYYY-MM-DD`, so text order is date order; money is an integer in minor units of the
 * currency that the fact dictionary declares.
 */
export type FactValue = string | number | boolean | readonly string[];

/** Known facts by id. A fact that is absent is *missing*, which is neither false nor zero. */
export type Facts = Readonly<Record<FactId, FactValue>>;
