import { listAuditEvents } from '@twinpark/contract/audit/list-audit-events.ts';
import { listDeadlines } from '@twinpark/contract/deadline/list-deadlines.ts';
import { listDossiers } from '@twinpark/contract/dossier/dossiers.ts';
import { listEvidence } from '@twinpark/contract/evidence/evidence.ts';
import { listFailedJobs } from '@twinpark/contract/node/failed-jobs.ts';
import { listNotifications } from '@twinpark/contract/notification/notifications.ts';
import { listInvitations } from '@twinpark/contract/organization/invitations.ts';
import { listMembers } from '@twinpark/contract/organization/members.ts';
import { getOrganization, listOrganizations } from '@twinpark/contract/organization/organizations.ts';
import { expect, it, onTestFinished } from 'vitest';
import { startTestNode } from '../../testing/test-node.ts';
import { cursorAt } from './cursor.ts';

it('takes no cursor that somebody made who knows how they are made', async () => {
  const node = await startTestNode();
  onTestFinished(() => node.stop());
  const lab = await node.as('applicant', 'Labor Lind');
  const operator = await node.as('operator', 'north-operator');
  const auditor = await node.as('auditor', 'oversight');
  const { organizationId } = await lab.get(getOrganization);
  const params = { organizationId };
  const noFilter = { action: null, outcome: null, person: null, subject: null, from: null, to: null };
  const date = '2026-06-10';
  const codes: (string | undefined)[] = [];
  const id = '0197a000-0000-7000-8000-000000000000';
  const forgeries = [
    [],
    ['no id', 'no id', 'no id'],
    ['0000-01-01T00:00:00.000Z', id],
    ['2026-02-31T25:00:00.000Z', 'x\0'],
    [id.toUpperCase().replaceAll('A', 'Z')],
    [id, 'x\0', '\ud800'],
    [1, null],
  ];
  for (const position of forgeries) {
    const at = (list: string) => ({ cursor: cursorAt(list, position) });
    const answers = [
      await lab.call(listMembers, { params, query: at(`members of ${organizationId}`) }),
      await lab.call(listInvitations, { params, query: at(`invitations of ${organizationId}`) }),
      await lab.call(listDossiers, { query: at('dossiers') }),
      await lab.call(listEvidence, { query: at(`evidence ${organizationId}`) }),
      await lab.call(listNotifications, { query: at(`notifications ${organizationId}  false`) }),
      await lab.call(listDeadlines, { params: { date }, query: at(`deadlines ${organizationId} ${date}`) }),
      await operator.call(listOrganizations, { query: at('organizations') }),
      await operator.call(listFailedJobs, { query: at('failed jobs') }),
      await auditor.call(listAuditEvents, { query: at(JSON.stringify(['audit', noFilter])) }),
    ];
    codes.push(...answers.map(({ problem }) => problem?.code));
  }
  expect(codes).toEqual(codes.map(() => 'cursorInvalid'));
});
