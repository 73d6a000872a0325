import { z } from 'zod';
import { instantSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { auditActions } from './audit-actions.ts';

const auditOutcomes = ['success', 'refused', 'failed'] as const;

export const auditEventSchema = z
  .object({
    auditId: z.string(),
    at: instantSchema,
    action: z.string(),
    outcome: z.enum(auditOutcomes),
    /** Problem code of what did not succeed. */
    code: z.string().nullable(),
    personId: z.string().nullable(),
    organization: z.string().nullable(),
    role: z.string().nullable(),
    subjectKind: z.string().nullable(),
    subjectId: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEvent' });

export const listAuditEvents = endpoint({
  id: 'listAuditEvents',
  method: 'GET',
  path: '/api/audit-events',
  tag: 'Audit',
  summary: 'Who did or tried what, newest first, for the oversight body',
  description:
    'A request looks at a bounded number of entries. Where few of them fit a combination of filters, a page has fewer entries than asked for, or none, and its cursor still leads on.',
  access: ['auditor'],
  query: z.object({
    ...pageQuery,
    action: z.enum(auditActions).optional(),
    outcome: z.enum(auditOutcomes).optional(),
    person: z.string().max(200).optional(),
    subject: z.string().max(200).optional(),
    /** First instant that counts. */
    from: instantSchema.optional(),
    /** First instant that no longer counts. */
    to: instantSchema.optional(),
  }),
  success: { status: 200, body: pageOf(auditEventSchema) },
  effect: false,
  problems: ['cursorInvalid'],
});
