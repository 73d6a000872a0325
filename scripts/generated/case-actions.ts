import { actionTable } from '@twinpark/kernel/case/action-table.ts';
import { caseActions, caseStatuses } from '@twinpark/kernel/vocabulary.ts';

/** The kernel's action table as a page for review: action × status, each cell naming who may act. */
export function caseActionsPage(): string {
  const statuses = caseStatuses.filter((status) =>
    caseActions.some((action) => includes(actionTable[action].in, status)),
  );
  const lines = [
    '# Who may do what in which status',
    '',
    '<!-- Generated from packages/kernel/src/case/action-table.ts by `npm run generate`. -->',
    '',
    'A: applicant, O: officer, P: the other park’s authority through the gateway, T: the node’s timer, R: the body of remedy.',
    'A letter says that the action is open to that role in that status; what else may stand in its way is said with the clause when it is asked for.',
    '',
    `| Action | Desk | ${statuses.join(' | ')} |`,
    `| --- | --- | ${statuses.map(() => '---').join(' | ')} |`,
  ];
  for (const action of caseActions) {
    const { by, in: allowed, desk } = actionTable[action];
    const letters = by.map((role) => role.charAt(0).toUpperCase()).join(' ');
    const cells = statuses.map((status) => (includes(allowed, status) ? letters : ''));
    lines.push(`| ${action} | ${desk} | ${cells.join(' | ')} |`);
  }
  return `${lines.join('\n')}\n`;
}

function includes(list: readonly string[], item: string): boolean {
  return list.includes(item);
}
