import { listAuditEvents } from '@twinpark/contract/audit/list-audit-events.ts';
import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getOutput } from '@twinpark/contract/output/output.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dateIn, instantNow } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { act, aFiledCase, court, decide, office } from './fixtures/filing.ts';

describe.each(storeKinds)('Acting on a case on the %s store', (kind) => {
  let node: TestNode;
  let reed: TestClient;
  let willow: TestClient;
  let officer: TestClient;
  let second: TestClient;
  let judge: TestClient;
  let auditor: TestClient;
  beforeAll(async () => {
    node = await startTestNode({ kind });
    reed = await node.as('applicant', 'Reed Institute');
    willow = await node.as('applicant', 'Willow Limited');
    officer = await node.as('officer', office, 'Ada');
    second = await node.as('supervisor', office, 'Bo');
    judge = await node.as('officer', court);
    auditor = await node.as('auditor', 'oversight');
  });
  afterAll(() => node.stop());

  const filed = () => aFiledCase(node, { by: 'Reed Institute' });
  const versionOf = async (caseId: string) => (await auditor.get(getCase, { params: { caseId } })).version;

  it('goes from acceptance to the closed case, and each answer tells where it stands', async () => {
    const caseId = await filed();
    const accepted = await act(officer, caseId, 'acceptCase');
    expect(accepted).toMatchObject({ status: 'inExamination', version: 3 });
    const open = accepted.actions.filter(({ refusal }) => refusal === null).map(({ action }) => action);
    expect(open.toSorted()).toEqual(['completeStep', 'extendLimit', 'requestEvidence', 'suspendCase']);
    expect(
      await act(officer, caseId, 'completeStep', { step: 'technical-review', result: 'passed' }),
    ).toMatchObject({
      steps: [
        { id: 'technical-review', state: 'done' },
        { id: 'safety-panel', state: 'notApplicable' },
      ],
    });
    const proposed = await act(officer, caseId, 'proposeDecision', { outcome: 'granted' });
    expect(proposed.proposal).toMatchObject({
      outcome: 'granted',
      by: { name: 'officer of north-office Ada' },
    });
    const decided = await act(second, caseId, 'approveDecision');
    expect(decided).toMatchObject({ status: 'decided', decision: { outcome: 'granted', tacit: false } });
    const served = await act(officer, caseId, 'serveOutput', {
      establishes: { 'northPermit.number': 'N-77' },
    });
    expect(served).toMatchObject({ status: 'served', output: { servedOn: '2026-06-10' } });
    expect(served.receiptNumber).toMatch(/^R-NORTH-2026-\d{7}$/);
    expect(await act(officer, caseId, 'closeCase')).toMatchObject({ status: 'closed' });
    const lodged = await act(reed, caseId, 'lodgeRemedy', { remedy: 'appeal' });
    expect(lodged).toMatchObject({ status: 'underRemedy', remedies: [{ state: 'lodged' }] });
    const remitted = await act(judge, caseId, 'decideRemedy', { result: 'remitted' });
    expect(remitted).toMatchObject({ status: 'inExamination', version: 10 });
  });

  it('refuses with clause and reason what the law does not allow, and changes nothing', async () => {
    const caseId = await filed();
    const before = await versionOf(caseId);
    const headers = { 'accept-language': 'zh-HK' };
    const refusal = await officer.problem(commandEndpoints.completeStep, {
      params: { caseId },
      body: { step: 'technical-review', result: 'passed' },
      headers,
    });
    expect(refusal).toMatchObject({ code: 'actionNotInStatus', status: 409, clause: { clause: '§ 2' } });
    expect(refusal.detail).toMatch(/\p{Script=Han}/u);
    await act(officer, caseId, 'acceptCase');
    await act(officer, caseId, 'completeStep', { step: 'technical-review', result: 'passed' });
    await act(officer, caseId, 'proposeDecision', { outcome: 'granted' });
    const same = await officer.problem(commandEndpoints.approveDecision, { params: { caseId }, body: {} });
    expect(same).toMatchObject({ code: 'sameOfficer', status: 403, clause: { clause: '§ 7' } });
    expect(await versionOf(caseId)).toBe(before + 3);
  });

  it('keeps each to the own role and desk', async () => {
    const caseId = await filed();
    const call = { params: { caseId }, body: {} };
    expect((await reed.problem(commandEndpoints.acceptCase, call)).code).toBe('roleNotAllowed');
    expect((await officer.problem(commandEndpoints.withdrawCase, call)).code).toBe('roleNotAllowed');
    expect((await auditor.problem(commandEndpoints.acceptCase, call)).code).toBe('roleNotAllowed');
    expect((await willow.problem(commandEndpoints.withdrawCase, call)).code).toBe('notFound');
    expect((await judge.problem(commandEndpoints.acceptCase, call)).code).toBe('notFound');
    await decide(officer, second, caseId);
    await act(reed, caseId, 'lodgeRemedy', { remedy: 'appeal' });
    expect(
      (await officer.problem(commandEndpoints.decideRemedy, { ...call, body: { result: 'dismissed' } })).code,
    ).toBe('notYourDesk');
  });

  it('answers for a case that one may not read exactly as for one that is not there', async () => {
    const known = await willow.problem(commandEndpoints.withdrawCase, {
      params: { caseId: await filed() },
      body: {},
    });
    const unknown = await willow.problem(commandEndpoints.withdrawCase, {
      params: { caseId: newId(node.clock) },
      body: {},
    });
    expect({ ...known, instance: '' }).toEqual({ ...unknown, instance: '' });
  });

  it('does nothing for somebody who has not seen the newest version', async () => {
    const caseId = await filed();
    await act(reed, caseId, 'amendCase', { answers: { 'team.headcount': 9 }, version: 2 });
    const stale = await officer.problem(commandEndpoints.acceptCase, {
      params: { caseId },
      body: { version: 2 },
    });
    expect(stale).toMatchObject({ code: 'versionConflict', status: 409, facts: { version: 3 } });
    expect(await versionOf(caseId)).toBe(3);
    expect(await act(officer, caseId, 'acceptCase', { version: 3 })).toMatchObject({ version: 4 });
  });

  it('does once what is asked for twice, and tells the same', async () => {
    const caseId = await filed();
    const sent = { params: { caseId }, body: {}, idempotencyKey: `accept-${caseId}` };
    const first = await officer.get(commandEndpoints.acceptCase, sent);
    expect(await officer.get(commandEndpoints.acceptCase, sent)).toEqual(first);
    const other = { ...sent, body: { version: 2 } };
    expect((await officer.problem(commandEndpoints.acceptCase, other)).code).toBe('idempotencyKeyReused');
    expect(await versionOf(caseId)).toBe(3);
  });

  it('serves one document for one key, and tells its number again', async () => {
    const caseId = await filed();
    await decide(officer, second, caseId);
    const sent = {
      params: { caseId },
      body: { establishes: { 'northPermit.number': 'N-1' } },
      idempotencyKey: `serve-${caseId}`,
    };
    const first = await officer.get(commandEndpoints.serveOutput, sent);
    expect((await officer.get(commandEndpoints.serveOutput, sent)).receiptNumber).toBe(first.receiptNumber);
    const again = await officer.problem(commandEndpoints.serveOutput, {
      ...sent,
      idempotencyKey: newId(node.clock),
    });
    expect(again.code).toBe('actionNotInStatus');
    const outputs = await node.services.store.write((tx) =>
      tx.selectFrom('outputs').select('receiptNumber').where('caseId', '=', caseId).execute(),
    );
    expect(outputs).toEqual([{ receiptNumber: first.receiptNumber }]);
  });

  it('makes no document for somebody who may not serve it', async () => {
    const caseId = await filed();
    await decide(officer, second, caseId);
    await act(reed, caseId, 'lodgeRemedy', { remedy: 'appeal' });
    const files = () =>
      node.services.store.write((tx) => tx.selectFrom('evidenceFiles').select('sha256').execute());
    const before = await files();
    const call = { params: { caseId }, body: {} };
    expect((await judge.problem(commandEndpoints.serveOutput, call)).code).toBe('actionNotInStatus');
    expect((await willow.problem(commandEndpoints.serveOutput, call)).code).toBe('roleNotAllowed');
    expect(await files()).toEqual(before);
  });

  it('takes papers of the own organisation and no others', async () => {
    const caseId = await filed();
    await act(officer, caseId, 'requestEvidence', { evidence: ['floor-plan'] });
    const own = await aPaper('Reed Institute', 'b');
    const foreign = await aPaper('Willow Limited', 'c');
    const call = (evidenceId: string) => ({
      params: { caseId },
      body: { evidence: [{ type: 'floor-plan', evidenceId }] },
    });
    const refusal = await reed.problem(commandEndpoints.supplyEvidence, call(foreign));
    expect(refusal).toMatchObject({
      code: 'evidenceUnknown',
      errors: [{ pointer: '/evidence/0/evidenceId' }],
    });
    const supplied = await reed.get(commandEndpoints.supplyEvidence, call(own));
    expect(supplied).toMatchObject({
      status: 'filed',
      evidence: [{ sha256: 'b'.repeat(64) }],
      request: null,
    });
  });

  it('leaves an entry in the audit trail, whether it was done or not', async () => {
    const caseId = await filed();
    await act(officer, caseId, 'acceptCase');
    const again = await officer.problem(commandEndpoints.acceptCase, {
      params: { caseId },
      body: {},
      headers: { 'accept-language': 'zh-HK' },
    });
    expect(again).toMatchObject({ code: 'actionNotInStatus', title: '個案現時狀況下不能辦理' });
    const { items } = await auditor.get(listAuditEvents, { query: { subject: caseId } });
    const paper = { type: 'floor-plan', evidenceId: newId(node.clock) };
    await reed.problem(commandEndpoints.amendCase, { params: { caseId }, body: { evidence: [paper] } });
    const [newest] = (await auditor.get(listAuditEvents, { query: { subject: caseId } })).items;
    expect(newest).toMatchObject({ action: 'case.amendCase', outcome: 'refused', code: 'evidenceUnknown' });
    expect(items.map(({ action, outcome, code }) => [action, outcome, code]).slice(0, 2)).toEqual([
      ['case.acceptCase', 'refused', 'actionNotInStatus'],
      ['case.acceptCase', 'success', null],
    ]);
  });

  it('serves a document of the day that it names, though midnight passes while it is made', async () => {
    const caseId = await filed();
    await decide(officer, second, caseId);
    const [before, after] = ['2026-06-10T21:59:00Z', '2026-06-10T22:01:00Z'];
    node.clock.travelTo(before);
    const { signer, park } = node.services;
    expect(dateIn(park.timeZone, Temporal.Instant.from(after))).toBe('2026-06-11');
    const sign = signer.sign.bind(signer);
    vi.spyOn(signer, 'sign').mockImplementation(async (statement) => {
      node.clock.travelTo(after);
      return await sign(statement);
    });
    const served = await act(officer, caseId, 'serveOutput', {
      establishes: { 'northPermit.number': 'N-78' },
    });
    const { statement } = await reed.get(getOutput, { params: { caseId } });
    expect(statement.content.issuedOn).toBe('2026-06-10');
    expect(served.output?.servedOn).toBe('2026-06-10');
    const lastDays = served.remedies.map(({ lastDay }) => lastDay);
    expect(lastDays).toEqual(statement.content.remedies.map(({ limit }) => limit?.lastDay));
  });

  async function aPaper(organization: string, digit: string): Promise<string> {
    const evidenceId = newId(node.clock);
    const sha256 = digit.repeat(64);
    const createdAt = instantNow(node.clock);
    await node.services.store.write(async (tx) => {
      const { organizationId } = await tx
        .selectFrom('organizations')
        .select('organizationId')
        .where('name', '=', organization)
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('evidenceFiles')
        .values({ sha256, sizeBytes: 1, mediaType: 'application/pdf', storedAt: createdAt })
        .execute();
      await tx
        .insertInto('evidence')
        .values({ evidenceId, organizationId, sha256, name: 'plan.pdf', createdBy: 'somebody', createdAt })
        .execute();
    });
    return evidenceId;
  }
});
