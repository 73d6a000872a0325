import type { CaseRow } from '../case-order.ts';

/** Every column of `cases` that a reader may see and that is not only for the database. */
export const caseColumns = [
  'caseId',
  'caseNumber',
  'dossierId',
  'applicantId',
  'applicantName',
  'applicantPark',
  'service',
  'definitionHash',
  'authority',
  'language',
  'status',
  'outcome',
  'waitingFor',
  'dueOn',
  'dueProvisional',
  'applicantDueOn',
  'assignee',
  'openedOn',
  'filedOn',
  'decidedOn',
  'receiptNumber',
  'version',
  'changedAt',
] as const satisfies readonly (keyof CaseRow)[];
