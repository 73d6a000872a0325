import { endpoint } from '../endpoint.ts';
import { caseParams } from './case-summary.ts';
import { caseViewSchema } from './case-view.ts';

export const getCase = endpoint({
  id: 'getCase',
  method: 'GET',
  path: '/api/cases/:caseId',
  tag: 'Cases',
  summary: 'A case, with what its reader may do with it and why not',
  access: ['applicant', 'officer', 'supervisor', 'auditor'],
  params: caseParams,
  success: { status: 200, body: caseViewSchema },
  effect: false,
  problems: ['notFound'],
});
