import { createHash } from 'node:crypto';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { sqlStateOf } from '../database/sql.ts';

/**
 * How the log writes what it is given. A log is read by people who may not see what it is about, so it holds no address,
 * no header, no body and no text that a request can have shaped: of a request its route and its id, of an error what
 * kind it is and where it arose.
 */
export const logSerializers = {
  req: (request: FastifyRequest) => ({ method: request.method, route: routeOf(request) }),
  res: ({ statusCode }: { readonly statusCode: number }) => ({ statusCode }),
  err: describeError,
};

/** Without words of ours the library would write those of the error, which can quote data. */
export const logHooks = {
  logMethod(this: unknown, given: unknown[], write: (...all: unknown[]) => void): void {
    const [first, ...rest] = given;
    if (typeof first === 'string' || rest.length > 0) write.apply(this, given);
    else write.apply(this, [first instanceof Error ? { err: first } : first, 'failed']);
  },
};

/** Writes one line a request, when it has been answered. */
export function logAnswered(
  log: FastifyBaseLogger,
  request: FastifyRequest,
  answered: { readonly status: number; readonly milliseconds: number; readonly person: string | null },
): void {
  const { status, milliseconds, person } = answered;
  log.info(
    {
      method: request.method,
      route: routeOf(request),
      status,
      milliseconds: Math.round(milliseconds * 10) / 10,
      person: person === null ? null : pseudonym(person),
    },
    'answered',
  );
}

/** The pattern of the route, never the concrete address. */
export function routeOf(request: FastifyRequest): string {
  return request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
}

/** Tells one person's requests from another's without telling who it is. */
function pseudonym(personId: string): string {
  return createHash('sha256').update(personId).digest('hex').slice(0, 12);
}

// Messages of other errors quote what they were given: rows of the database, pieces of JSON, dates.
const messagesWithoutData: readonly string[] = ['TypeError', 'ReferenceError', 'StartFault', 'AnswerMisfit'];

type DescribedError = {
  readonly type: string;
  /** Empty where the message could quote data. */
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
  readonly cause?: DescribedError;
};

function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const code = sqlStateOf(error);
  return {
    type: error.name,
    message: messagesWithoutData.includes(error.name) ? error.message : '',
    stack: framesOf(error),
    ...(code === undefined ? {} : { code }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Where it arose; the first lines of a stack repeat the message. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 12)
    .join('\n');
}
