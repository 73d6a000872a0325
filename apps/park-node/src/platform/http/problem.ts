import type { NodeProblemCode, ProblemCode } from '@twinpark/contract/problem.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Citation } from '@twinpark/kernel/shared/citation.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';

/** Why a request changed nothing: what a handler returns in place of an answer. It becomes RFC 9457 on the way out. */
export class Problem {
  readonly code: ProblemCode;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly clause: Citation | null;
  readonly errors: readonly FieldError[];
  /** The service whose names put a refusal in words; null for a problem of the node itself. */
  readonly service: ServiceDefinition | null;

  constructor(
    code: ProblemCode,
    more: Partial<Pick<Problem, 'facts' | 'clause' | 'errors' | 'service'>> = {},
  ) {
    this.code = code;
    this.facts = more.facts ?? {};
    this.clause = more.clause ?? null;
    this.errors = more.errors ?? [];
    this.service = more.service ?? null;
  }
}

export interface FieldError {
  /** A JSON pointer into the body, `?name` for a query parameter, `:name` for a parameter of the path. */
  readonly pointer: string;
  readonly detail: string;
}

export function problem(code: NodeProblemCode, facts: Readonly<Record<string, unknown>> = {}): Problem {
  return new Problem(code, { facts });
}

/** A refusal of the kernel, with the service under whose law it was given. */
export function refused({ code, clause, facts }: Refusal, service: ServiceDefinition): Problem {
  return new Problem(code, { clause, facts, service });
}
