import type { RawDatabase } from './raw-database.ts';
import { seedRow } from './seed-rows.ts';

const id = (digits: string): string => `01900000-0000-7000-8000-0000000000${digits}`;

/** Ids of the rows that stand for everybody's, by the words a reviewed list calls them. */
export const seeded = {
  'Reed Institute': id('01'),
  'Heron Company': id('02'),
  'north office': id('03'),
  'south office': id('04'),
  'river commission': id('05'),
  "Reed's draft": id('11'),
  "Reed's case": id('12'),
  "Heron's case": id('13'),
  "Reed's case across": id('14'),
  "Heron's case across": id('15'),
  "Reed's dossier": id('21'),
  "Heron's dossier": id('22'),
  "Reed's paper": id('31'),
  "Heron's paper": id('32'),
  "Reed's upload": id('33'),
  'told Reed': id('41'),
  'told Heron': id('42'),
  'told the north office': id('43'),
  'an entry': id('51'),
  "an act in Reed's case": id('61'),
  'a message of nobody': id('62'),
} as const;

const reed = seeded['Reed Institute'];
const heron = seeded['Heron Company'];
const reedsCase = seeded["Reed's case"];
const paperOfReed = 'a'.repeat(64);
const paperOfHeron = 'b'.repeat(64);

/**
 * Rows of two applicants and the authorities of their cases. The north office decides both cases; the river commission
 * holds a desk in Reed's; the south office has nothing to do with either.
 */
export async function seedTwoSides(database: RawDatabase): Promise<void> {
  const row = (table: string, values: Parameters<typeof seedRow>[2]): Promise<void> =>
    seedRow(database, table, values);
  await database.owner(`select ensure_month_partitions('2024-06-01')`);

  await row('auth_users', { id: 'rosa', email: 'rosa@reed.example', demo: false });
  await row('auth_sessions', { id: 's1', user_id: 'rosa', token: 'secret' });
  await row('auth_accounts', { id: 'a1', user_id: 'rosa' });
  await row('auth_verifications', { id: 'v1' });
  await row('auth_passkeys', { id: 'p1', user_id: 'rosa' });
  await row('organizations', { organization_id: reed, kind: 'applicant', name: 'Reed Institute' });
  await row('organizations', { organization_id: heron, kind: 'applicant', name: 'Heron Company' });
  for (const [name, pack_id] of [
    ['north office', 'north-office'],
    ['south office', 'south-office'],
    ['river commission', 'river-commission'],
  ] as const) {
    await row('organizations', { organization_id: seeded[name], kind: 'authority', pack_id });
  }
  await row('memberships', { organization_id: reed, person_id: 'rosa', role: 'applicant' });
  await row('invitations', { organization_id: reed, role: 'applicant' });

  await row('definitions', { hash: 'law', kind: 'service' });
  await row('dossiers', { dossier_id: seeded["Reed's dossier"], organization_id: reed, journey_hash: 'law' });
  await row('dossiers', {
    dossier_id: seeded["Heron's dossier"],
    organization_id: heron,
    journey_hash: 'law',
  });
  await row('dossier_filings', { dossier_id: seeded["Reed's dossier"], case_id: reedsCase });

  const common = { definition_hash: 'law', authority: 'north-office', waiting_for: 'authority' };
  await row('cases', {
    ...common,
    case_id: seeded["Reed's draft"],
    case_number: 'N-1',
    applicant_id: reed,
    status: 'draft',
    filed_on: null,
  });
  for (const [case_id, applicant_id, case_number, applicant_name] of [
    [reedsCase, reed, 'N-2', 'Reed'],
    [seeded["Heron's case"], heron, 'N-33', '7'],
  ] as const) {
    await row('cases', {
      ...common,
      case_id,
      case_number,
      applicant_id,
      applicant_name,
      status: 'filed',
      filed_on: '2026-03-02',
      search: "'x' '@north-office'",
    });
    await row('case_events', { case_id, version: 1 });
    await row('deadlines', { case_id, applicant_id, ...limit });
    await row('case_evidence', { case_id, sha256: applicant_id === reed ? paperOfReed : paperOfHeron });
    await row('outputs', { case_id, receipt_number: `R-${case_number}` });
  }
  await row('case_events', { case_id: seeded["Reed's draft"], version: 1 });
  await row('case_events', { case_id: reedsCase, version: 2, internal: true });
  await row('case_desks', { case_id: reedsCase, organization: 'river-commission', filed_on: '2026-03-02' });

  for (const [case_id, dossier_id, applicant_id, number] of [
    [seeded["Reed's case across"], seeded["Reed's dossier"], reed, 'S-2'],
    [seeded["Heron's case across"], seeded["Heron's dossier"], heron, 'S-33'],
  ] as const) {
    const across = { case_id, dossier_id, applicant_id, definition_hash: 'law', waiting_for: 'applicant' };
    await row('peer_cases', { ...across, authority: 'south-office', filed_on: '2026-03-02' });
    await row('peer_case_events', { case_id, version: 1 });
    await row('peer_outputs', { case_id, receipt_number: `R-${number}` });
    await row('crossing_agreements', { agreement_id: case_id, case_id, organization_id: applicant_id });
    await row('crossing_papers', { case_id, sha256: paperOfReed });
    await row('fetches', { case_id, sha256: paperOfHeron, kind: 'document', receipt_number: `R-${number}` });
    await row('deadlines', {
      ...{ case_id, applicant_id, clock: 'supplement', owner: 'applicant' },
      ...{ authority: null, desk: null },
    });
  }

  for (const [sha256, organization_id, evidence_id] of [
    [paperOfReed, reed, seeded["Reed's paper"]],
    [paperOfHeron, heron, seeded["Heron's paper"]],
  ] as const) {
    await row('evidence_files', { sha256 });
    await row('evidence', { evidence_id, organization_id, sha256 });
  }
  await row('evidence_uploads', { upload_id: seeded["Reed's upload"], organization_id: reed });
  await row('evidence_upload_parts', { upload_id: seeded["Reed's upload"] });
  await row('output_documents', { receipt_number: 'R-N-2', sha256: paperOfReed, language: 'de' });
  await row('output_documents', { receipt_number: 'R-N-33', sha256: paperOfHeron, language: 'de' });

  for (const [name, recipient] of [
    ['told Reed', reed],
    ['told Heron', heron],
    ['told the north office', 'north-office'],
  ] as const) {
    await row('notifications', { notification_id: seeded[name], recipient, case_id: reedsCase });
  }
  await row('audit_events', { audit_id: seeded['an entry'], outcome: 'success' });
  for (const [name, subject, format] of [
    ["an act in Reed's case", reedsCase, 'twinpark-act/1'],
    ['a message of nobody', seeded['an entry'], 'twinpark-message/1'],
  ] as const) {
    const statement = JSON.stringify({ format, messageId: subject });
    await row('log_statements', {
      entry_id: seeded[name],
      subject,
      statement,
      salt: `\\x${'ab'.repeat(32)}`,
    });
  }
  await row('idempotency_keys', { scope: 'rosa', key: 'key' });
  await row('calendar_editions', { digest: 'days' });
}

const limit = { clock: 'decision', authority: 'north-office', desk: 'north-office', owner: 'authority' };
