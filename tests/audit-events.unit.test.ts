import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditActions } from '@twinpark/contract/audit/audit-actions.ts';
import { expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../docs/audit-events.md'), 'utf8');

it('the page of audit events describes every action that is recorded, once, and no other', () => {
  const described = [...page.matchAll(/^\| `([a-z]+\.[a-zA-Z]+)` \|/gm)].map(([, action]) => action);
  expect(described.toSorted()).toEqual([...auditActions].toSorted());
});
