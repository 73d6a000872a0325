import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { explainClock } from '@twinpark/contract/case/explain-clock.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getCaseTimeline } from '@twinpark/contract/case/get-case-timeline.ts';
import { listCases } from '@twinpark/contract/case/list-cases.ts';
import { listDeadlines } from '@twinpark/contract/deadline/list-deadlines.ts';
import { getDossier, removeDossierEvidence } from '@twinpark/contract/dossier/dossiers.ts';
import { amendStep, fileStep, previewFiling } from '@twinpark/contract/dossier/steps.ts';
import { readCaseEvidence, removeEvidence } from '@twinpark/contract/evidence/evidence.ts';
import { listNotifications } from '@twinpark/contract/notification/notifications.ts';
import { getOutput, readOutputDocument } from '@twinpark/contract/output/output.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ringDeadlines } from '../deadline/ring-deadlines.ts';
import { instantNow } from '../platform/clock.ts';
import { parkCardFile } from '../platform/keys/park-card.ts';
import { officer, orderOf } from '../testing/case-orders.ts';
import { act, aDossier, answered, dryLaboratory, withPaper } from '../testing/dossiers.ts';
import { storeKinds } from '../testing/stores.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { bring, carry } from './fixtures/carry.ts';
import { encodeMessage, sourceOf } from './message-codec.ts';

const permit = 'north-laboratory-permit';
const own = 'south-laboratory-permit';

/** The dossier is kept in the south; the permit is the north's to give. */
describe.each(storeKinds)('What an applicant has on the other side, %s store', (kind) => {
  let north: TestNode;
  let south: TestNode;
  let lind: TestClient;
  let rival: TestClient;
  beforeAll(async () => {
    north = await startTestNode({ kind, config: { peerUrl: 'http://south.invalid' } });
    const peerCard = parkCardFile(north.services.config.dataFolder);
    south = await startTestNode({
      kind,
      park: 'south',
      config: { peerUrl: 'http://north.invalid', peerCard },
    });
    lind = await south.as('applicant', 'Labor Lind');
    rival = await south.as('applicant', 'Reed Institute');
  });
  afterAll(async () => {
    await north.stop();
    await south.stop();
  });

  async function ready(answers: Facts = dryLaboratory) {
    const { dossierId } = await aDossier(lind, answers);
    const { version } = await withPaper(south, lind, dossierId);
    return { dossierId, version };
  }
  const preview = (dossierId: string, step = permit) =>
    lind.get(previewFiling, { params: { dossierId, step } });
  const stepOf = async (dossierId: string, id = permit) => {
    const { steps } = await lind.get(getDossier, { params: { dossierId } });
    const step = steps.find(({ step }) => step === id);
    if (!step) throw new Error(`The journey has the step ${id}`);
    return step;
  };
  /** Files with the agreement that the preview asks for. */
  async function fileAgreed(dossierId: string, step = permit) {
    const { version, crossing } = await preview(dossierId, step);
    const agreement = { digest: crossing?.digest ?? '' };
    return await lind.get(fileStep, { params: { dossierId, step }, body: { version, agreement } });
  }
  /** Files, and has the north answer. */
  async function filedThere(answers: Facts = dryLaboratory) {
    const { dossierId } = await ready(answers);
    const { caseId } = await fileAgreed(dossierId);
    await exchange();
    return { dossierId, caseId, params: { caseId } };
  }
  async function exchange() {
    const results = [...(await carry(south, north)), ...(await carry(north, south))];
    expect(results.filter(({ result }) => result !== 'taken')).toEqual([]);
  }
  /** What officers of the north do, told to the south. */
  async function inTheNorth(caseId: string, ...commands: readonly CaseCommand[]) {
    await act(north, caseId, ...commands);
    await exchange();
  }
  async function serve(caseId: string) {
    const desk = await north.as('officer', 'north-office');
    const establishes = { 'northPermit.number': 'N-2026-7' };
    await desk.get(commandEndpoints.serveOutput, { params: { caseId }, body: { establishes } });
  }
  /** The pages of a case's documents, as they come over once they are asked for. */
  async function fetchedInTheSouth(caseId: string) {
    const { store, evidenceStore, clock } = south.services;
    await store.write(async (tx) => {
      const wanted = await tx.selectFrom('fetches').selectAll().where('caseId', '=', caseId).execute();
      for (const { sha256, sizeBytes, mediaType } of wanted) {
        const bytes = await north.services.evidenceStore.read(sha256);
        if (bytes === null) throw new Error('The north has the pages that it has signed');
        await evidenceStore.put(bytes);
        const storedAt = instantNow(clock);
        await tx.insertInto('evidenceFiles').values({ sha256, sizeBytes, mediaType, storedAt }).execute();
        await tx
          .updateTable('fetches')
          .set({ fetchedAt: storedAt })
          .where('caseId', '=', caseId)
          .where('sha256', '=', sha256)
          .execute();
      }
    });
  }
  const grant: readonly CaseCommand[] = [
    { type: 'acceptCase' },
    { type: 'completeStep', step: 'technical-review', result: 'passed' },
    { type: 'proposeDecision', outcome: 'granted' },
    { type: 'approveDecision' },
  ];
  const outboxOf = (node: TestNode, subject: string) =>
    node.services.store.write((tx) =>
      tx
        .selectFrom('outboxMessages')
        .selectAll()
        .where('subject', '=', subject)
        .orderBy('position')
        .execute(),
    );
  /** What a test has brought to the other side itself, or never means to. */
  const settled = (node: TestNode, subject: string) =>
    node.services.store.write((tx) =>
      tx.updateTable('outboxMessages').set({ status: 'delivered' }).where('subject', '=', subject).execute(),
    );
  const kinds = async () =>
    (await lind.get(listNotifications, { query: { limit: 200 } })).items.map(
      (notice) => `${notice.case.caseId} ${notice.kind}`,
    );
  /** The newest message about a case, changed on its way. */
  async function altered(caseId: string, change: (message: Altered) => void) {
    const row = (await outboxOf(north, caseId)).at(-1);
    if (!row) throw new Error('The north has sent nothing');
    const message = structuredClone(
      encodeMessage(row, sourceOf(north.services.zone.id, 'north'), 2),
    ) as Altered;
    change(message);
    const [result] = await bring(south, [message]);
    return result;
  }

  describe('is sent', () => {
    it('only once the applicant has agreed to what the preview shows, to the letter', async () => {
      const { dossierId, version } = await ready({ ...dryLaboratory, 'contact.email': 'canary@example.org' });
      const { crossing, refusal } = await preview(dossierId);
      expect(refusal).toBeNull();
      expect(crossing).toMatchObject({
        toPark: 'north',
        fields: Object.keys(dryLaboratory),
        papers: [{ type: 'floor-plan' }],
        jointFacts: [],
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(crossing?.agreementText).toContain('Nord');
      const params = { dossierId, step: permit };
      expect(await lind.problem(fileStep, { params, body: { version } })).toMatchObject({
        code: 'agreementRequired',
        status: 422,
        facts: { digest: crossing?.digest },
      });
      const other = { version, agreement: { digest: 'a'.repeat(64) } };
      expect(await lind.problem(fileStep, { params, body: other })).toMatchObject({
        code: 'previewChanged',
        status: 409,
      });
      expect((await stepOf(dossierId)).filing).toBeNull();

      const request = {
        params,
        body: { version, agreement: { digest: crossing?.digest ?? '' } },
        idempotencyKey: `across-${dossierId}`,
      };
      const sent = await lind.get(fileStep, request);
      expect(sent).toMatchObject({ caseNumber: null, status: 'filed', version: 0 });
      expect(await lind.get(fileStep, request)).toEqual(sent);
      const { caseId } = sent;
      const [message, ...more] = await outboxOf(south, caseId);
      expect(more).toEqual([]);
      expect(message).toMatchObject({
        type: 'org.twinpark.filing.submitted',
        stream: `dossier-${dossierId}`,
        position: 1,
        data: { answers: dryLaboratory, papers: [{ type: 'floor-plan', mediaType: 'application/pdf' }] },
      });
      expect(JSON.stringify(message)).not.toContain('canary');
      const kept = await south.services.store.write(async (tx) => ({
        agreements: await tx
          .selectFrom('crossingAgreements')
          .selectAll()
          .where('caseId', '=', caseId)
          .execute(),
        statements: await tx
          .selectFrom('logStatements')
          .select('statement')
          .where('subject', '=', caseId)
          .execute(),
        papers: await tx.selectFrom('crossingPapers').selectAll().where('caseId', '=', caseId).execute(),
      }));
      expect(kept.agreements).toMatchObject([
        { toPark: 'north', service: permit, fields: Object.keys(dryLaboratory), digest: crossing?.digest },
      ]);
      expect(kept.statements).toMatchObject([
        { statement: { format: 'twinpark-agreement/1', digest: crossing?.digest, toPark: 'north' } },
      ]);
      expect(kept.papers).toHaveLength(1);
    });

    it('and stands as sent until the other park answers, with nothing else to be sent meanwhile', async () => {
      const { dossierId } = await ready();
      const { caseId } = await fileAgreed(dossierId);
      const params = { caseId };
      expect(await stepOf(dossierId)).toMatchObject({
        standing: { state: 'filed' },
        filing: { status: 'filed', caseNumber: null, act: { action: 'fileCase', answer: null } },
        drift: [],
      });
      expect(await lind.get(getCase, { params })).toMatchObject({
        park: 'north',
        caseNumber: null,
        status: 'draft',
        act: { action: 'fileCase', answer: null },
        clocks: [],
      });
      const listed = await lind.get(listCases, { query: { limit: 200 } });
      expect(listed.items.map((item) => item.caseId)).not.toContain(caseId);
      expect(await lind.problem(commandEndpoints.withdrawCase, { params, body: {} })).toMatchObject({
        code: 'actUnanswered',
        status: 409,
      });
      const { version } = await answered(lind, dossierId, { 'team.headcount': 6 });
      const { crossing } = await preview(dossierId);
      const agreement = { digest: crossing?.digest ?? '' };
      const step = { dossierId, step: permit };
      expect(await lind.problem(amendStep, { params: step, body: { version, agreement } })).toMatchObject({
        code: 'actUnanswered',
      });
      expect(await lind.problem(fileStep, { params: step, body: { version, agreement } })).toMatchObject({
        code: 'actionNotInStatus',
      });
      await exchange();
      await lind.get(amendStep, { params: step, body: { version, agreement } });
      await exchange();
      expect(await stepOf(dossierId)).toMatchObject({
        drift: [],
        filing: { act: { action: 'amendCase', answer: { outcome: 'done' } } },
      });
    });

    it('not where the other park’s law refuses it, in the words of the preview', async () => {
      const { dossierId, version } = await aDossier(lind, { 'team.name': 'Lind' });
      const { refusal, crossing } = await preview(dossierId);
      const agreement = { digest: crossing?.digest ?? '' };
      const request = { params: { dossierId, step: permit }, body: { version, agreement } };
      expect(await lind.problem(fileStep, request)).toMatchObject({
        code: 'factsMissing',
        detail: refusal?.sentence,
      });
    });

    it('once, when two tabs file at the same time', async () => {
      const { dossierId } = await ready();
      const { version, crossing } = await preview(dossierId);
      const body = { version, agreement: { digest: crossing?.digest ?? '' } };
      const request = { params: { dossierId, step: permit }, body };
      const all = await Promise.all([1, 2, 3].map(() => lind.call(fileStep, request)));
      expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });
  });

  describe('is told', () => {
    it('as a case of its own: number, clocks, actions and events, to its applicant alone', async () => {
      const { dossierId, caseId, params } = await filedThere();
      const view = await lind.get(getCase, { params });
      expect(view).toMatchObject({
        park: 'north',
        caseNumber: expect.stringMatching(/^NORTH-2026-/),
        status: 'filed',
        dossierId,
        waitingFor: 'authority',
        version: 2,
        act: { action: 'fileCase', answer: { outcome: 'done', refusal: null } },
        clocks: [{ clock: 'acceptance' }],
      });
      expect(view.actions.find(({ action }) => action === 'withdrawCase')).toEqual({
        action: 'withdrawCase',
        refusal: null,
      });
      const { items } = await lind.get(getCaseTimeline, { params });
      expect(items.map(({ type }) => type)).toEqual(['caseFiled', 'caseOpened']);
      expect(items[0]?.by).toMatchObject({ role: 'applicant', person: null });
      expect(await lind.get(explainClock, { params: { ...params, clock: 'acceptance' } })).toMatchObject({
        running: true,
      });
      const listed = await lind.get(listCases, { query: { q: 'Lind', service: permit, limit: 200 } });
      expect(listed.items.map((item) => item.caseId)).toContain(caseId);
      expect(await stepOf(dossierId)).toMatchObject({ filing: { caseNumber: view.caseNumber } });

      const office = await south.as('officer', 'south-office');
      const oversight = await south.as('auditor', 'oversight');
      for (const other of [rival, office, oversight]) {
        expect(await other.problem(getCase, { params })).toMatchObject({ code: 'notFound' });
        expect(await other.problem(getCaseTimeline, { params })).toMatchObject({ code: 'notFound' });
        expect(await other.problem(getOutput, { params })).toMatchObject({ code: 'notFound' });
      }
      for (const readerKind of ['authority', 'oversight'] as const) {
        const reader = { kind: readerKind, organization: 'south-office', person: 'x' };
        const seen = await south.services.store.read(reader, async (tx) => [
          await tx.selectFrom('peerCases').select('caseId').execute(),
          await tx.selectFrom('peerCaseEvents').select('caseId').execute(),
          await tx.selectFrom('peerOutputs').select('caseId').execute(),
          await tx.selectFrom('crossingAgreements').select('caseId').execute(),
          await tx.selectFrom('deadlines').select('caseId').where('caseId', '=', caseId).execute(),
        ]);
        expect(seen).toEqual([[], [], [], [], []]);
      }
    });

    it('with what the authority asks for, which is supplied from the dossier', async () => {
      const { dossierId, caseId, params } = await filedThere();
      await inTheNorth(caseId, { type: 'requestEvidence', evidence: ['safety-concept'] });
      expect(await stepOf(dossierId)).toMatchObject({ filing: { waitingFor: 'applicant' } });
      expect(await kinds()).toContain(`${caseId} evidenceRequested`);
      await withPaper(south, lind, dossierId, 'safety-concept');
      const { version, kind: sending, papers, crossing } = await preview(dossierId);
      expect([sending, papers.map(({ type }) => type)]).toEqual(['amendment', ['safety-concept']]);
      const body = { version, agreement: { digest: crossing?.digest ?? '' } };
      await lind.get(amendStep, { params: { dossierId, step: permit }, body });
      expect((await outboxOf(south, caseId)).at(-1)).toMatchObject({
        data: { act: 'supplyEvidence', papers: [{ type: 'safety-concept' }] },
      });
      await exchange();
      expect(await lind.get(getCase, { params })).toMatchObject({ status: 'filed', request: null });
      const paper = papers[0]?.sha256 ?? '';
      const read = await lind.call(readCaseEvidence, { params: { caseId, sha256: paper } });
      // The test's papers have no bytes; but the way to them is found.
      expect(read.problem?.code).toBe('evidenceDamaged');
    });

    it('with the days by which the applicant itself must supply something, and with no others', async () => {
      const { dossierId } = await aDossier(lind, dryLaboratory);
      const { caseId } = await fileAgreed(dossierId);
      await exchange();
      await inTheNorth(caseId, { type: 'acceptCase' });
      const rows = await south.services.store.write((tx) =>
        tx.selectFrom('deadlines').selectAll().where('caseId', '=', caseId).execute(),
      );
      expect(rows).toMatchObject([
        { clock: 'debt', subject: 'floor-plan', owner: 'applicant', authority: null, desk: null },
      ]);
      expect(await stepOf(dossierId)).toMatchObject({
        filing: { applicantDueOn: rows[0]?.dueOn },
        lack: { mayFollow: ['floor-plan'] },
      });
    });

    it('to the end: the decision, its signed document, and what it establishes for later steps', async () => {
      const { dossierId, caseId, params } = await filedThere();
      await inTheNorth(caseId, ...grant);
      expect(await lind.get(getCase, { params })).toMatchObject({ status: 'decided', outcome: 'granted' });
      await serve(caseId);
      const forged = await altered(caseId, ({ data }) => {
        if (data.output)
          data.output.signature = data.output.signature.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A'));
      });
      expect(forged).toMatchObject({
        result: 'refused',
        problem: { code: 'messageMalformed', facts: { pointer: '/data/output/signature' } },
      });
      expect(await lind.problem(getOutput, { params })).toMatchObject({ code: 'outputNotIssued' });

      await exchange();
      const output = await lind.get(getOutput, { params });
      expect(output).toMatchObject({ standing: 'standing', earlier: [] });
      expect(output.statement.content.establishes).toMatchObject([{ fact: 'northPermit.number' }]);
      const document = { ...params, language: 'de' };
      expect(await lind.problem(readOutputDocument, { params: document })).toMatchObject({
        code: 'paperOnItsWay',
      });
      await fetchedInTheSouth(caseId);
      const { bytes } = await lind.call(readOutputDocument, { params: document });
      expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-');
      expect(await rival.problem(readOutputDocument, { params: document })).toMatchObject({
        code: 'notFound',
      });
      const { answers } = await lind.get(getDossier, { params: { dossierId } });
      expect(answers['northPermit.number']).toMatchObject({ value: 'N-2026-7' });
      expect(await stepOf(dossierId, 'south-tenancy')).toMatchObject({ standing: { state: 'ready' } });
      expect(await kinds()).toEqual(
        expect.arrayContaining([`${caseId} caseDecided`, `${caseId} outputServed`]),
      );
      const { items } = await lind.get(getCaseTimeline, { params });
      // What went on between two officers keeps its place and its secret.
      expect(items.map(({ version }) => version)).toEqual([7, 6, 4, 3, 2, 1]);

      await lind.get(commandEndpoints.lodgeRemedy, { params, body: { remedy: 'appeal' } });
      await exchange();
      expect(await lind.get(getCase, { params })).toMatchObject({ status: 'underRemedy' });
      expect(await lind.get(getOutput, { params })).toMatchObject({ standing: 'underRemedy' });
    });

    it('when it is taken back, after which the step can be filed anew', async () => {
      const { dossierId, caseId, params } = await filedThere();
      const withdrawn = await lind.get(commandEndpoints.withdrawCase, { params, body: {} });
      expect(withdrawn).toMatchObject({ status: 'filed', act: { action: 'withdrawCase', answer: null } });
      await exchange();
      expect(await lind.get(getCase, { params })).toMatchObject({ status: 'withdrawn' });
      expect(await stepOf(dossierId)).toMatchObject({ standing: { state: 'ready' } });
      const again = await fileAgreed(dossierId);
      expect(again.caseId).not.toBe(caseId);
      expect(await stepOf(dossierId)).toMatchObject({ filing: { attempt: 2, caseId: again.caseId } });
    });

    it('when the applicant gives the case something itself: it agrees, and its dossier has it, too', async () => {
      const { dossierId, params } = await filedThere();
      const body = { answers: { 'team.headcount': 9 } };
      const asked = await lind.problem(commandEndpoints.amendCase, { params, body });
      expect(asked).toMatchObject({ code: 'agreementRequired', facts: { fields: ['team.headcount'] } });
      const agreement = { digest: String(asked.facts['digest']) };
      const request = { params, body: { ...body, agreement }, idempotencyKey: `amend-${dossierId}` };
      const sent = await lind.get(commandEndpoints.amendCase, request);
      expect(await lind.get(commandEndpoints.amendCase, request)).toEqual(sent);
      const { answers } = await lind.get(getDossier, { params: { dossierId } });
      expect(answers['team.headcount']).toMatchObject({ value: 9 });
      await exchange();
      expect(await stepOf(dossierId)).toMatchObject({ drift: [] });
    });
  });

  it('that was refused there is told in words, and no case has come of it', async () => {
    const { dossierId } = await ready();
    const { caseId } = await fileAgreed(dossierId);
    // The law as it stood there when the filing came.
    const [sent] = await outboxOf(south, caseId);
    await settled(south, caseId);
    const refusal = {
      code: 'factsMissing',
      clause: { instrument: 'north-park-act', clause: '§ 2', date: null, seen: [], status: 'illustrative' },
      facts: { facts: ['team.headcount'] },
    };
    const [taken] = await bring(south, [
      {
        specversion: '1.0',
        id: '00000000-0000-7000-8000-000000000077',
        source: sourceOf(south.services.zone.id, 'north'),
        time: south.services.clock.now().toString(),
        subject: caseId,
        type: 'org.twinpark.act.answered',
        datacontenttype: 'application/json',
        stream: `dossier-${dossierId}`,
        position: 1,
        data: { caseId, inReplyTo: sent?.messageId, outcome: 'refused', caseNumber: null, refusal },
      },
    ]);
    expect(taken?.result).toBe('taken');
    const { filing, standing } = await stepOf(dossierId);
    expect(standing).toEqual({ state: 'ready' });
    expect(filing).toMatchObject({
      status: 'none',
      act: {
        answer: {
          outcome: 'refused',
          refusal: { code: 'factsMissing', clause: { title: { de: 'Nordparkgesetz' } } },
        },
      },
    });
    expect(filing?.act?.answer?.refusal?.detail).toMatch(/\S/);
    const { items } = await lind.get(listNotifications, { query: { limit: 200 } });
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'actRefused',
        case: expect.objectContaining({ caseId, caseNumber: null }),
        facts: expect.objectContaining({ action: 'fileCase', refusal: 'factsMissing' }),
      }),
    );
    const view = await lind.get(getCase, { params: { caseId } });
    expect(view).toMatchObject({ status: 'none', waitingFor: 'nobody' });
    expect(view.actions.every(({ refusal }) => refusal !== null)).toBe(true);
    const again = await fileAgreed(dossierId);
    expect(await stepOf(dossierId)).toMatchObject({ filing: { attempt: 2, caseId: again.caseId } });
    await settled(south, again.caseId);
  });

  describe('is not believed', () => {
    it.each([
      [
        'a fact that no output of the service establishes',
        'fieldNotDeclared',
        establishing({ 'team.name': 'X' }),
      ],
      ['a number that is none', 'factValueInvalid', establishing({ 'northPermit.number': true })],
      ['another case’s applicant', 'messageMalformed', opening({ applicant: 'somebody' })],
      [
        'an event that does not follow',
        'reportOutOfOrder',
        (message: Altered) => {
          message.data.events = [{ version: 9, event: { ...plain(message), type: 'caseClosed' } }];
        },
      ],
      [
        'events in no order',
        'reportOutOfOrder',
        (message: Altered) => {
          message.data.events.reverse();
        },
      ],
      [
        'another stream',
        'streamOfOther',
        (message: Altered) => {
          message.stream = 'dossier-00000000-0000-7000-8000-00000000abcd';
          message.position = 1;
        },
      ],
      [
        'a case that nobody filed',
        'caseUnknown',
        (message: Altered) => {
          message.data.caseId = '00000000-0000-7000-8000-00000000abcd';
        },
      ],
      [
        'a person',
        'messageMalformed',
        (message: Altered) => {
          const [first] = message.data.events;
          if (first) Object.assign(first.event['by'] as object, { person: 'officer-1' });
        },
      ],
    ])('when the other park tells %s', async (_, code, change) => {
      const { dossierId } = await ready();
      const { caseId } = await fileAgreed(dossierId);
      await carry(south, north);
      // The answer to the filing comes first, and then the report that the test changes.
      const rows = (await outboxOf(north, caseId)).filter(({ status }) => status === 'waiting');
      const source = sourceOf(north.services.zone.id, 'north');
      const [answer, report] = rows.map((row) => structuredClone(encodeMessage(row, source, 2)) as Altered);
      await bring(south, [answer]);
      const before = await lind.get(getCase, { params: { caseId } });
      if (!report) throw new Error('The north has told nothing');
      const sound = structuredClone(report);
      change(report);
      const [result] = await bring(south, [report]);
      expect(result).toMatchObject({ result: 'refused', problem: { code } });
      expect(await lind.get(getCase, { params: { caseId } })).toEqual(before);
      await bring(south, [sound]);
      expect(await lind.get(getCase, { params: { caseId } })).toMatchObject({ status: 'filed' });
      await settled(north, caseId);
    });
  });

  describe('of the own side', () => {
    const wet: Facts = {
      'team.name': 'Lind',
      'laboratory.kind': 'wet',
      'laboratory.opensOn': '2027-01-04',
      'team.headcount': 4,
    };
    async function ownReady() {
      const { dossierId } = await aDossier(lind, wet);
      await withPaper(south, lind, dossierId, 'safety-concept');
      return dossierId;
    }

    it('crosses in a joint step with what that shares, and no more, once the applicant has agreed', async () => {
      const dossierId = await ownReady();
      const { version, crossing } = await preview(dossierId, own);
      expect(crossing).toMatchObject({
        toPark: 'north',
        fields: ['team.name'],
        papers: [],
        jointFacts: [{ step: 'safety-panel', panel: 'safety-panel', park: 'north', fields: ['team.name'] }],
      });
      const params = { dossierId, step: own };
      expect(await lind.problem(fileStep, { params, body: { version } })).toMatchObject({
        code: 'agreementRequired',
      });
      const { caseId } = await fileAgreed(dossierId, own);
      const agreements = await south.services.store.write((tx) =>
        tx.selectFrom('crossingAgreements').selectAll().where('caseId', '=', caseId).execute(),
      );
      expect(agreements).toMatchObject([{ service: own, fields: ['team.name'], papers: [] }]);
      expect(await outboxOf(south, caseId)).toEqual([]);
    });

    it('asks again only when what is shared changes', async () => {
      const dossierId = await ownReady();
      const { caseId } = await fileAgreed(dossierId, own);
      const params = { dossierId, step: own };
      const later = await answered(lind, dossierId, { 'laboratory.opensOn': '2027-02-01' });
      expect((await preview(dossierId, own)).crossing).toBeNull();
      await lind.get(amendStep, { params, body: { version: later.version } });
      const renamed = await answered(lind, dossierId, { 'team.name': 'Lind & Söhne' });
      const request = { params, body: { version: renamed.version } };
      const asked = await lind.problem(amendStep, request);
      expect(asked).toMatchObject({ code: 'agreementRequired' });
      const direct = { params: { caseId }, body: { answers: { 'team.name': 'Lind & Söhne' } } };
      expect(await lind.problem(commandEndpoints.amendCase, direct)).toMatchObject({
        code: 'agreementRequired',
        facts: { digest: asked.facts['digest'] },
      });
      const agreement = { digest: String(asked.facts['digest']) };
      const agreed = { ...request, body: { ...request.body, agreement }, idempotencyKey: `again-${caseId}` };
      const sent = await lind.get(amendStep, agreed);
      expect(await lind.get(amendStep, agreed)).toEqual(sent);
    });
  });

  it('keeps its papers: what was sent with a filing cannot be removed', async () => {
    const { dossierId } = await ready();
    await fileAgreed(dossierId);
    await exchange();
    const { evidence } = await lind.get(getDossier, { params: { dossierId } });
    const params = { dossierId, type: 'floor-plan' };
    await lind.get(removeDossierEvidence, { params });
    const paper = { params: { evidenceId: evidence[0]?.evidenceId ?? '' } };
    expect(await lind.problem(removeEvidence, paper)).toMatchObject({ code: 'evidenceInUse' });
  });

  it('needs a way there', async () => {
    const alone = await startTestNode({ kind, park: 'south' });
    try {
      const client = await alone.as('applicant', 'Labor Lind');
      const { dossierId } = await aDossier(client, dryLaboratory);
      const params = { dossierId, step: permit };
      const { version, crossing } = await client.get(previewFiling, { params });
      const body = { version, agreement: { digest: crossing?.digest ?? '' } };
      expect(await client.problem(fileStep, { params, body })).toMatchObject({ code: 'peerNotConfigured' });
    } finally {
      await alone.stop();
    }
  });

  it('is not the north’s to decide for whoever is not asked', async () => {
    const { caseId } = await filedThere();
    const order = orderOf(caseId, officer('officer-1', 'south-office'), [{ type: 'acceptCase' }]);
    expect(await south.services.commander.submit(order)).toMatchObject({ kind: 'notFound' });
  });

  it('rings at home for what the applicant itself must supply, and for nobody in office', async () => {
    const { dossierId } = await aDossier(lind, dryLaboratory);
    const { caseId } = await fileAgreed(dossierId);
    await exchange();
    await inTheNorth(caseId, { type: 'acceptCase' });
    const date = (await stepOf(dossierId)).filing?.applicantDueOn ?? '';
    const { items } = await lind.get(listDeadlines, { params: { date } });
    expect(items).toContainEqual(
      expect.objectContaining({ caseId, clock: 'debt', caseNumber: expect.stringMatching(/^NORTH-/) }),
    );
    south.clock.advance({ days: 30 });
    await ringDeadlines(south.services);
    const rung = await south.services.store.write((tx) =>
      tx
        .selectFrom('notifications')
        .select(['recipient', 'kind'])
        .where('caseId', '=', caseId)
        .where('kind', 'in', ['deadlineDueSoon', 'deadlineOverdue'])
        .orderBy('notificationId')
        .execute(),
    );
    expect(rung.map((notice) => notice.kind)).toEqual(['deadlineDueSoon', 'deadlineOverdue']);
    expect(new Set(rung.map(({ recipient }) => recipient)).size).toBe(1);
    expect(await kinds()).toContain(`${caseId} deadlineOverdue`);
  });
});

/** A message of the north as it goes over the wire, open to be changed. */
interface Altered {
  stream: string;
  position: number;
  readonly data: {
    caseId: string;
    caseNumber: string;
    events: { version: number; event: Record<string, unknown> }[];
    output: { signature: string } | null;
  };
}

function plain({ data }: Altered): Record<string, unknown> {
  const { on, at, by } = data.events.at(-1)?.event ?? {};
  return { on, at, by };
}

function establishing(establishes: Facts) {
  return (message: Altered): void => {
    const served = { ...plain(message), type: 'outputServed', receiptNumber: 'R-1', establishes };
    message.data.events.push({ version: 9, event: served });
  };
}

function opening(changed: Record<string, unknown>) {
  return ({ data }: Altered): void => {
    const [first] = data.events;
    if (first) Object.assign(first.event, changed);
  };
}
