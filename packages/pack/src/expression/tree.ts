import type { ComparisonOperator } from '@twinpark/kernel/policy/expression.ts';

/** Why a condition's text cannot be used. Offsets count UTF-16 units from the start of the text. */
export interface ExpressionProblem {
  readonly code:
    | 'expression-syntax'
    | 'expression-unsupported'
    | 'expression-unknown-fact'
    | 'expression-type';
  readonly offset: number;
  /**
   * `expression-syntax`: `found` (empty at the end of the text) and `suggestion`.
   * `expression-unsupported`: `construct`.
   * `expression-unknown-fact`: `fact` and `suggestion`.
   * `expression-type`: `reason`, a `TypeFault`, and what that reason speaks of.
   * A suggestion is empty where none is near.
   */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * In what way a condition and the fact dictionary disagree. Beside the reason, its parameters name:
 * `not-a-condition` (found), `different-types` (left, right), `no-order` (operator, type), `not-in-a-list` (type),
 * `unknown-option` (fact, option, options, suggestion), `no-date` and `not-an-integer` (fact, value),
 * `no-common-option` (left, right).
 */
export type TypeFault =
  | 'not-a-condition'
  | 'not-a-value'
  | 'different-types'
  | 'no-order'
  | 'not-in-a-list'
  | 'empty-list'
  | 'unknown-option'
  | 'no-date'
  | 'not-an-integer'
  | 'no-common-option';

/** What the text says, before anybody knows which facts there are. */
export type SyntaxTree =
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly offset: number }
  | { readonly kind: 'list'; readonly items: readonly SyntaxTree[]; readonly offset: number }
  | { readonly kind: 'fact'; readonly fact: string; readonly offset: number }
  | { readonly kind: 'not'; readonly of: SyntaxTree; readonly offset: number }
  | { readonly kind: 'and' | 'or'; readonly of: readonly SyntaxTree[]; readonly offset: number }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: SyntaxTree;
      readonly right: SyntaxTree;
      readonly offset: number;
    }
  | {
      readonly kind: 'in';
      readonly item: SyntaxTree;
      readonly list: SyntaxTree;
      readonly offset: number;
    };
