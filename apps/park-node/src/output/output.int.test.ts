import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  getOutput,
  listSigningKeys,
  readOutputDocument,
  readVerificationStyle,
  showVerification,
  showVerificationForm,
  verifyOutput,
} from '@twinpark/contract/output/output.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { Actor, DecidedCase } from '@twinpark/kernel/case/state.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import canonicalize from 'canonicalize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseOrder, PreparedOutput } from '../case/case-order.ts';
import { json } from '../platform/database/sql.ts';
import { applicant, officer, openingOrder, orderOf, ordersToGrant } from '../testing/case-orders.ts';
import { readPdf } from '../testing/read-pdf.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { prepareOutput } from './prepare-output.ts';

const court: Actor = { role: 'remedyBody', person: 'clerk', organization: 'north-court' };

let node: TestNode;
let reed: TestClient;
let office: TestClient;
let reedId: string;

beforeAll(async () => {
  node = await startTestNode();
  reed = await node.as('applicant', 'Reed Institute');
  office = await node.as('officer', 'north-office');
  reedId = await node.services.store.write(async (tx) => {
    const query = tx
      .selectFrom('organizations')
      .select('organizationId')
      .where('name', '=', 'Reed Institute');
    return (await query.executeTakeFirstOrThrow()).organizationId;
  });
});
afterAll(async () => await node.stop());

describe('the document of a served case', () => {
  it('says in its statement what was decided, and stands', async () => {
    const caseId = await grantedCase();
    await serve(caseId);
    const output = await reed.get(getOutput, { params: { caseId } });
    const { content } = output.statement;
    expect(output).toMatchObject({
      standing: 'standing',
      earlier: [],
      statement: { format: 'twinpark-output/1' },
    });
    expect(content).toMatchObject({
      zone: { id: 'elmera' },
      park: { id: 'north' },
      authority: { id: 'north-office' },
      demo: true,
      replaces: null,
      applicant: 'Reed Institute',
      outcome: 'granted',
      service: { id: 'north-laboratory-permit', definitionHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      decidedOn: '2026-06-10',
      issuedOn: '2026-06-10',
      // Three years of which the day of issue is the first.
      validUntil: '2029-06-09',
      establishes: [{ fact: 'northPermit.number', value: 'N-77' }],
      remedies: [
        {
          id: 'appeal',
          body: { id: 'north-court' },
          limit: { amount: 1, unit: 'months', lastDay: '2026-07-10' },
        },
      ],
    });
    expect(content.receiptNumber).toMatch(/^R-NORTH-2026-\d{7}$/);
    expect(content.legalBasis.map(({ citation }) => citation.clause)).toEqual(['§ 2', '§ 3']);
    expect(await office.get(getOutput, { params: { caseId } })).toEqual(output);
  });

  it('comes as pages whose bytes are those that were signed', async () => {
    const caseId = await grantedCase();
    await serve(caseId);
    const { statement, receiptNumber, verificationUrl } = await reed.get(getOutput, { params: { caseId } });
    const params = { caseId, language: 'de' };
    const { status, headers, bytes } = await reed.call(readOutputDocument, { params });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(`^inline.*${receiptNumber}-de.pdf`),
    });
    expect(statement.documents).toEqual([
      {
        language: 'de',
        mediaType: 'application/pdf',
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    ]);
    const pdf = await readPdf(bytes);
    expect(pdf.text).toContain('Genehmigung');
    expect(pdf.text.replaceAll(/[\s\u200b]/g, '')).toContain(hashOf(statement.content));
    expect(pdf.qrCode).toBe(verificationUrl);
    expect(await audited('output.read', statement.content.receiptNumber)).toEqual(['success']);
  });

  it('can be proved with nothing but the published keys, and not when one field is changed', async () => {
    const caseId = await grantedCase();
    await serve(caseId);
    const { statement, signature } = await reed.get(getOutput, { params: { caseId } });
    const { keys } = await node.nobody.get(listSigningKeys);
    const [header = '', , bytes = ''] = signature.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const { kty, crv, x } = keys.find((key) => key.kid === kid) ?? {};
    const key = createPublicKey({ key: { kty: kty ?? '', crv: crv ?? '', x: x ?? '' }, format: 'jwk' });
    const holds = (value: unknown) =>
      verify(
        null,
        Buffer.from(`${header}.${Buffer.from(canonicalize(value) ?? '').toString('base64url')}`),
        key,
        Buffer.from(bytes, 'base64url'),
      );
    expect(holds(statement)).toBe(true);
    const changes = everyChange(statement);
    expect(changes.length).toBeGreaterThan(50);
    expect(changes.filter(holds)).toEqual([]);
  });

  it('is not there before the case is served, and for nobody else ever', async () => {
    const caseId = await grantedCase();
    const strangers = [
      await node.as('applicant', 'Another Institute'),
      await node.as('officer', 'north-operator'),
    ];
    const params = { caseId, language: 'de' };
    expect(await reed.problem(getOutput, { params })).toMatchObject({ code: 'outputNotIssued' });
    expect(await reed.problem(readOutputDocument, { params })).toMatchObject({ code: 'outputNotIssued' });
    const { receiptNumber } = await serve(caseId);
    for (const stranger of strangers) {
      for (const known of [getOutput, readOutputDocument] as const) {
        const refusal = await stranger.problem(known, { params });
        const unknown = await stranger.problem(known, { params: { ...params, caseId: reedId } });
        expect({ ...refusal, instance: '' }).toEqual({ ...unknown, instance: '' });
        expect(refusal.code).toBe('notFound');
      }
    }
    const other = await grantedCase();
    await serve(other);
    const stray = { params: { caseId: other, language: 'de' }, query: { receiptNumber } };
    expect(await reed.problem(readOutputDocument, stray)).toMatchObject({ code: 'notFound' });
    const noLanguage = { params: { caseId, language: 'en' } };
    expect(await reed.problem(readOutputDocument, noLanguage)).toMatchObject({ code: 'notFound' });
  });

  it('that was prepared for an order that is refused is seen by nobody', async () => {
    const caseId = await grantedCase();
    const output = await prepare(caseId, {});
    const order = orderOf(caseId, officer(), [serveCommand(output, {})], { output });
    expect(await node.services.commander.submit(order)).toMatchObject({ kind: 'refused' });
    expect(await reed.problem(getOutput, { params: { caseId } })).toMatchObject({ code: 'outputNotIssued' });
    expect(await verified(output)).toMatchObject({ code: 'notFound' });
  });
});

describe('verifying a document', () => {
  it('tells whoever holds it what it says, however the code is typed', async () => {
    const caseId = await grantedCase();
    const output = await serve(caseId);
    const code = output.verificationCode;
    const answer = await node.nobody.get(verifyOutput, known(output));
    expect(answer).toEqual({
      statement: output.statement,
      signature: output.signature,
      standing: 'standing',
    });
    for (const typed of [code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('0', 'o')} `]) {
      expect(await verified({ ...output, verificationCode: typed })).toEqual(answer);
    }
    expect(new Set(await audited('output.verify', output.receiptNumber))).toEqual(new Set(['success']));
  });

  it('gives nothing to whoever tries numbers without their codes', async () => {
    const output = await serve(await grantedCase());
    const other = await serve(await grantedCase());
    const tries = [
      { receiptNumber: output.receiptNumber, code: '' },
      { receiptNumber: output.receiptNumber, code: other.verificationCode },
      { receiptNumber: output.receiptNumber, code: output.verificationCode.slice(0, -1) },
      { receiptNumber: 'R-NORTH-2026-9999999', code: output.verificationCode },
      { receiptNumber: "' or 1 = 1 --", code: output.verificationCode },
      { receiptNumber: 'R-\u5317', code: '\u5317' },
    ];
    const answers = await Promise.all(
      tries.map(({ receiptNumber, code }) =>
        node.nobody.problem(verifyOutput, { params: { receiptNumber }, query: { code } }),
      ),
    );
    for (const answer of answers) {
      expect({ ...answer, instance: '' }).toEqual({ ...answers[0], instance: '' });
      expect(answer.code).toBe('notFound');
    }
    expect(await audited('output.verify', output.receiptNumber)).toEqual(['refused', 'refused', 'refused']);
  });

  it('stands again when a remedy has changed nothing', async () => {
    const caseId = await grantedCase();
    const output = await serve(caseId);
    await act(caseId, applicant(reedId), { type: 'lodgeRemedy', remedy: 'appeal' });
    expect(await verified(output)).toMatchObject({ standing: 'underRemedy' });
    await act(caseId, court, { type: 'decideRemedy', result: 'dismissed' });
    expect(await verified(output)).toMatchObject({ standing: 'standing' });
  });

  it('follows the decision: challenged, set aside, replaced', async () => {
    const caseId = await grantedCase();
    const first = await serve(caseId);
    const standing = async (output: PreparedOutput) =>
      (await node.nobody.get(verifyOutput, known(output))).standing;
    await act(caseId, applicant(reedId), { type: 'lodgeRemedy', remedy: 'appeal' });
    expect(await standing(first)).toBe('underRemedy');
    await act(caseId, court, { type: 'decideRemedy', result: 'remitted' });
    expect(await standing(first)).toBe('setAside');
    await decideAnew(caseId);
    expect(await standing(first)).toBe('setAside');
    const second = await serve(caseId, {});
    expect(await standing(first)).toBe('superseded');
    expect(await standing(second)).toBe('standing');

    const output = await reed.get(getOutput, { params: { caseId } });
    expect(output.statement.content).toMatchObject({
      outcome: 'refused',
      replaces: first.receiptNumber,
      validUntil: null,
    });
    expect(output.earlier.map((earlier) => [earlier.receiptNumber, earlier.standing])).toEqual([
      [first.receiptNumber, 'superseded'],
    ]);
    const document = { params: { caseId, language: 'de' }, query: { receiptNumber: first.receiptNumber } };
    const { bytes } = await reed.call(readOutputDocument, document);
    expect((await readPdf(bytes)).text).toContain(first.receiptNumber);
  });

  it('confirms nothing that is not what the park signed', async () => {
    const output = await serve(await grantedCase());
    const content = { ...(output.statement as { content: object }).content, applicant: 'Somebody Else' };
    await node.services.store.write(async (tx) => {
      const { signature, caseId, issuedAt } = await tx
        .selectFrom('outputs')
        .selectAll()
        .where('receiptNumber', '=', output.receiptNumber)
        .executeTakeFirstOrThrow();
      const forged = { receiptNumber: 'R-NORTH-2026-8888888', verificationCode: output.verificationCode };
      const statement = json({ ...(output.statement as object), content });
      await tx
        .insertInto('outputs')
        .values({ ...forged, signature, caseId, issuedAt, statement })
        .execute();
    });
    const forged = { ...output, receiptNumber: 'R-NORTH-2026-8888888' };
    expect(await verified(forged)).toMatchObject({ code: 'evidenceDamaged' });
    expect(await audited('output.verify', forged.receiptNumber)).toEqual(['failed']);
    const page = await node.nobody.call(showVerification, {
      ...known(forged),
      headers: { 'accept-language': 'en' },
    });
    expect(page.status).toBe(500);
    expect(Buffer.from(page.bytes).toString()).not.toContain('Somebody Else');
  });
});

describe('the page behind the printed code', () => {
  it.each([
    ['en', 'Genuine, and it stands.', 'zh-HK;q=0, en'],
    ['zh-Hans', '文书属实，现行有效。', 'zh-CN,zh;q=0.9'],
    ['zh-Hant', '文件屬實，現時有效。', 'zh-HK,zh;q=0.9'],
  ])('speaks %s to whoever reads it', async (language, sentence, accepted) => {
    const output = await serve(await grantedCase());
    const page = await node.nobody.call(showVerification, {
      ...known(output),
      headers: { 'accept-language': accepted },
    });
    const text = Buffer.from(page.bytes).toString();
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(text).toContain(sentence);
    expect(text).toContain('Reed Institute');
    expect(text).not.toContain('<script');
    const asked = { receiptNumber: output.receiptNumber, code: output.verificationCode, language } as const;
    const typed = await node.nobody.call(showVerificationForm, { query: asked as never });
    expect(Buffer.from(typed.bytes).toString()).toContain(sentence);
  });

  it('has its own look, and asks for number and code where they are missing', async () => {
    const style = await node.nobody.call(readVerificationStyle);
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
    const empty = await node.nobody.call(showVerificationForm);
    expect(empty.status).toBe(200);
    expect(Buffer.from(empty.bytes).toString()).toContain('name="receiptNumber"');
    const wrong = await node.nobody.call(showVerification, {
      params: { receiptNumber: 'R-NORTH-2026-0000001' },
      query: { code: '"><script>alert(1)</script>' },
    });
    const text = Buffer.from(wrong.bytes).toString();
    expect(wrong.status).toBe(404);
    expect(text).toContain('name="code"');
    expect(text).not.toContain('<script');
  });
});

function known({
  receiptNumber,
  verificationCode,
}: Pick<PreparedOutput, 'receiptNumber' | 'verificationCode'>) {
  return { params: { receiptNumber }, query: { code: verificationCode } };
}

async function verified(output: PreparedOutput) {
  const { answer, problem } = await node.nobody.call(verifyOutput, known(output));
  return answer ?? problem;
}

async function submit(order: CaseOrder): Promise<void> {
  const result = await node.services.commander.submit(order);
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
}

async function act(caseId: string, actor: Actor, ...commands: readonly CaseCommand[]): Promise<void> {
  await submit(orderOf(caseId, actor, commands));
}

async function grantedCase(): Promise<string> {
  const opening = openingOrder(node.services.zone, node.clock, { by: applicant(reedId) });
  await submit(opening);
  const [, ...decisions] = ordersToGrant(opening.caseId);
  await act(opening.caseId, applicant(reedId), { type: 'fileCase' });
  for (const order of decisions) await submit(order);
  return opening.caseId;
}

async function decideAnew(caseId: string): Promise<void> {
  const refusal = { outcome: 'refused', reasons: ['Die Nachbarn widersprechen.'] } as const;
  await act(caseId, officer(), { type: 'completeStep', step: 'technical-review', result: 'passed' });
  await act(caseId, officer(), { type: 'proposeDecision', ...refusal });
  await act(caseId, officer('officer-2'), { type: 'approveDecision' });
}

const permitNumber = { 'northPermit.number': 'N-77' };

async function prepare(
  caseId: string,
  establishes: Readonly<Record<string, string>>,
): Promise<PreparedOutput> {
  const { services } = node;
  const {
    state,
    search: _,
    ...row
  } = await services.store.write((tx) =>
    tx.selectFrom('cases').selectAll().where('caseId', '=', caseId).executeTakeFirstOrThrow(),
  );
  const service = services.definitions.service(row.definitionHash);
  return await prepareOutput(services, row, state as DecidedCase, service, establishes);
}

async function serve(
  caseId: string,
  establishes: Readonly<Record<string, string>> = permitNumber,
): Promise<PreparedOutput> {
  // Two documents of a case are never issued at once.
  node.clock.advance({ minutes: 1 });
  const output = await prepare(caseId, establishes);
  await submit(orderOf(caseId, officer(), [serveCommand(output, establishes)], { output }));
  return output;
}

function serveCommand(
  { receiptNumber }: PreparedOutput,
  establishes: Readonly<Record<string, string>>,
): CaseCommand {
  return { type: 'serveOutput', receiptNumber, establishes };
}

async function audited(action: string, subject: string): Promise<readonly string[]> {
  const rows = await node.services.store.read(
    { kind: 'oversight', organization: 'oversight', person: 'auditor' },
    (tx) =>
      tx
        .selectFrom('auditEvents')
        .select('outcome')
        .where('action', '=', action)
        .where('subjectId', '=', subject)
        .execute(),
  );
  return rows.map(({ outcome }) => outcome);
}

/** The value with each of its leaves changed in turn, and with each of its members left out. */
function everyChange(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    const inside = value.flatMap((entry, index) =>
      everyChange(entry).map((changed) => value.with(index, changed)),
    );
    return [...inside, [...value, 'more'], ...(value.length > 0 ? [value.slice(1)] : [])];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, entry]) => [
      ...everyChange(entry).map((changed) => ({ ...value, [name]: changed })),
      Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)),
    ]);
  }
  if (typeof value === 'string') return [`${value} `, value === '' ? 'x' : value.slice(1)];
  if (typeof value === 'number') return [value + 1];
  return typeof value === 'boolean' ? [!value] : ['null'];
}
