import { caseActions } from '@twinpark/kernel/vocabulary.ts';

/**
 * Everything that leaves an entry in the audit trail, whether it succeeded, was refused or failed.
 *
 * Described in docs/audit-events.md.
 */
export const auditActions = [
  ...caseActions.map((action) => `case.${action}` as const),
  'case.read',
  'case.report',
  'case.assign',
  'case.export',
  'dossier.create',
  'dossier.answer',
  'dossier.addEvidence',
  'dossier.removeEvidence',
  'evidence.upload',
  'evidence.complete',
  'evidence.cancel',
  'evidence.read',
  'evidence.remove',
  'output.read',
  'output.verify',
  'session.signIn',
  'session.signOut',
  'session.chooseOrganization',
  'passkey.add',
  'passkey.remove',
  'organization.create',
  'organization.erase',
  'member.invite',
  'member.withdrawInvitation',
  'member.join',
  'member.change',
  'member.remove',
  'receipt.read',
  'log.forkSeen',
  'audit.read',
  'notification.read',
  'job.retry',
  'message.receive',
  'message.read',
  'message.resend',
  'message.answerByHand',
  'node.start',
  'node.stop',
] as const;
export type AuditAction = (typeof auditActions)[number];
