import type { Language } from '@twinpark/contract/common.ts';
import type { MessageSummary } from '@twinpark/contract/gateway/traffic.ts';
import type { DeliveryProblem } from '../platform/database/tables.ts';
import { deliveryProblemText } from './delivery-texts.ts';
import type { ReceivedRow, SentRow } from './queries/traffic.ts';

export function presentSent(row: SentRow, blocked: number, language: Language): MessageSummary {
  const { messageId, type, stream, position, subject, createdAt, status, attempts } = row;
  return {
    ...{ messageId, direction: 'sent', type, stream, position, caseId: subject, status, attempts },
    at: createdAt.toISOString(),
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    problem: presentDeliveryProblem(row.problem, language),
    settledAt: row.settledAt?.toISOString() ?? null,
    blocks: status === 'stuck' ? blocked : 0,
  };
}

export function presentReceived(row: ReceivedRow): MessageSummary {
  const { messageId, type, stream, position, subject, receivedAt } = row;
  const at = receivedAt.toISOString();
  return {
    ...{ messageId, direction: 'received', type, stream, position, caseId: subject, status: 'taken', at },
    attempts: 1,
    lastAttemptAt: at,
    problem: null,
    settledAt: at,
    blocks: 0,
  };
}

export function presentDeliveryProblem(
  problem: DeliveryProblem | null,
  language: Language,
): MessageSummary['problem'] {
  return (
    problem && { ...problem, facts: { ...problem.facts }, sentence: deliveryProblemText(problem, language) }
  );
}

/** Names of the facts that a message carries, and its papers; no value of them. */
export function contentNames(data: unknown): {
  readonly fields: string[];
  readonly papers: { readonly type: string; readonly sha256: string }[];
} {
  const objects = listObjects(data);
  const fields = objects.flatMap((object) =>
    Object.entries(object).flatMap(([name, value]) =>
      factMembers.includes(name) && isObject(value) ? Object.keys(value) : [],
    ),
  );
  const papers = objects.flatMap(({ type, digest }) =>
    typeof type === 'string' && typeof digest === 'string' ? [{ type, sha256: digest }] : [],
  );
  return {
    fields: [...new Set(fields)].sort(),
    papers: [...new Map(papers.map((paper) => [paper.sha256, paper])).values()],
  };
}

/** Members of messages that hold facts by name. */
const factMembers: readonly string[] = ['answers', 'facts', 'establishes'];

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value and everything in it that is an object, but for what is in facts. */
function listObjects(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(listObjects);
  if (!isObject(value)) return [];
  const inner = Object.entries(value).filter(([name]) => !factMembers.includes(name));
  return [value, ...inner.flatMap(([, each]) => listObjects(each))];
}
