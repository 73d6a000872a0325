import { sqlStateOf } from '../database/sql.ts';
import { largestJsonBytes, MalformedJson } from './body-parsers.ts';
import { type Problem, problem } from './problem.ts';

/**
 * What was thrown, as a problem: the caller's fault where Fastify says so, the store's where it cannot be reached.
 * `largestBytes` is what the body of this request might have had.
 */
export function problemOfError(error: unknown, largestBytes = largestJsonBytes): Problem {
  if (error instanceof MalformedJson) return problem('malformedJson');
  const code = sqlStateOf(error);
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem('unsupportedMediaType');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem('payloadTooLarge', { largestBytes });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
    case 'ERR_STREAM_PREMATURE_CLOSE':
    case 'ECONNABORTED':
      return problem('malformedRequest');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return problem('notFound');
    case 'ENOSPC':
    case 'EDQUOT':
    // PostgreSQL, class 53: disk_full.
    case '53100':
      return problem('storageFull');
    default:
      return isUnreachable(code, error) ? problem('databaseUnavailable') : problem('internalError');
  }
}

const connectionErrors: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  // PostgreSQL: too_many_connections, admin_shutdown, crash_shutdown, cannot_connect_now, read_only_sql_transaction.
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '25006',
];

function isUnreachable(code: string | undefined, error: unknown): boolean {
  // Whatever keeps a connection from being made, such as the missing socket of a server that is down.
  if (error instanceof Error && 'syscall' in error && error.syscall === 'connect') return true;
  // Class 08: connection exception.
  if (code !== undefined) return connectionErrors.includes(code) || code.startsWith('08');
  // The driver gives a connection that broke or did not come in time no code of its own.
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    )
  );
}
