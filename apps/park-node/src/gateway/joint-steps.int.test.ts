import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { evolve, type replay } from '@twinpark/kernel/case/evolve.ts';
import { noCase } from '@twinpark/kernel/case/state.ts';
import type { CaseAct, DossierScript, StoryEntry } from '@twinpark/kernel/dossier/script.ts';
import { simulate } from '@twinpark/kernel/dossier/simulate.ts';
import { getService, journeyWorld } from '@twinpark/pack/zone.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { noNotes } from '../case/case-notes.ts';
import type { CaseRow } from '../case/case-order.ts';
import type { Tx } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';
import { officer, orderOf } from '../testing/case-orders.ts';
import { storeKinds } from '../testing/stores.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { filingData, outboxOf, PeerVoice, taken } from './fixtures/message-builder.ts';
import { jointMessagesOf } from './joint-messages.ts';
import { takeFilingSubmitted } from './takers/filing-submitted.ts';
import { takeJointContributed } from './takers/joint.ts';

const north = 'north-laboratory-permit';
const south = 'south-laboratory-permit';
const panel = 'safety-panel';

const answers = {
  'team.name': 'Rivage',
  'team.headcount': 4,
  'laboratory.kind': 'wet',
  'laboratory.opensOn': '2026-09-01',
};
const paper = (type: string, digit: string) => ({ type, name: `${type}.pdf`, digest: digit.repeat(64) });
const papers = [paper('floor-plan', 'a'), paper('safety-concept', 'b')];
const offered = (given: readonly { type: string; name: string; digest: string }[]) =>
  given.map((each) => ({ ...each, sizeBytes: 9, mediaType: 'application/pdf' }));

type Say = readonly [side: 'north' | 'south', act: CaseAct['do'], command?: object];

const opening: readonly Say[] = [
  ['north', 'fileCase'],
  ['south', 'fileCase'],
  ['north', 'acceptCase'],
  ['south', 'acceptCase'],
  ['north', 'completeStep', { step: 'technical-review', result: 'passed' }],
];
const says = (side: 'north' | 'south', answer: string, conditions: readonly string[] = []): Say => [
  side,
  'contribute',
  { step: panel, answer, conditions },
];

/** By what happens: acts of both sides. */
const stories: Readonly<Record<string, readonly Say[]>> = {
  'both say yes': [...opening, says('north', 'yes'), says('south', 'yes')],
  'the other side says no': [...opening, says('north', 'yes'), says('south', 'no')],
  'both say no': [...opening, says('south', 'no'), says('north', 'no')],
  'the other side sets conditions': [
    ...opening,
    says('south', 'conditionalYes', ['Log samples.']),
    says('north', 'yes'),
  ],
  'this side says no to a yes, and the panel meets again': [
    ...opening,
    says('north', 'no'),
    says('south', 'yes'),
    says('south', 'yes'),
    says('north', 'yes'),
  ],
  'the panel meets three times': [
    ...opening,
    says('south', 'yes'),
    says('north', 'no'),
    says('north', 'no'),
    says('south', 'yes'),
    says('south', 'no'),
    says('north', 'no'),
  ],
  'the other side has spoken before this side is filed': [
    ['south', 'fileCase'],
    ['south', 'acceptCase'],
    says('south', 'yes'),
    ['north', 'fileCase'],
    ['north', 'acceptCase'],
    ['north', 'completeStep', { step: 'technical-review', result: 'passed' }],
    says('north', 'yes'),
  ],
  'this side is withdrawn and filed anew': [
    ...opening,
    says('south', 'yes'),
    ['north', 'withdrawCase'],
    ['north', 'fileCase'],
    ['north', 'acceptCase'],
    ['north', 'completeStep', { step: 'technical-review', result: 'passed' }],
    says('north', 'yes'),
  ],
  'the other side has withdrawn what it said before this side is filed anew': [
    ...opening,
    says('south', 'yes'),
    ['south', 'withdrawCase'],
    ['north', 'withdrawCase'],
    ['north', 'fileCase'],
    ['north', 'acceptCase'],
  ],
  'the other side speaks and withdraws before this side is filed for the first time': [
    ['south', 'fileCase'],
    ['south', 'acceptCase'],
    says('south', 'no'),
    ['south', 'withdrawCase'],
    ['north', 'fileCase'],
    ['north', 'acceptCase'],
  ],
};

function scriptOf(says: readonly Say[], on: string): DossierScript {
  const story = says.map(([side, act, command = {}]): StoryEntry => {
    const applicant = act === 'fileCase' || act === 'withdrawCase';
    const step = side === 'north' ? north : south;
    const entry = {
      do: act,
      step,
      by: applicant ? 'applicant' : 'officer',
      person: null,
      command,
      outputs: {},
    };
    return { on, note: null, act: entry as unknown as CaseAct };
  });
  return {
    title: {},
    journey: 'open-a-laboratory',
    applicant: { id: 'rivage', name: {} },
    startOn: on,
    answers,
    evidence: papers,
    story,
  };
}

/** What is the same in the model and in the node: not ids, people and the time of day. */
function essence(event: CaseEvent): object {
  const { by, at: _, ...fields } = event;
  const named = event.type === 'caseOpened' ? { caseId: '', dossier: '', applicant: '' } : {};
  return { ...fields, ...named, role: by.role, ...(by.role === 'peer' && { organization: by.organization }) };
}

describe.each(storeKinds)('Joint steps of two parks on the %s store', (kind) => {
  let node: TestNode;

  beforeAll(async () => {
    node = await startTestNode({
      kind,
      now: '2026-06-01T08:00:00Z',
      config: { peerUrl: 'http://peer.invalid' },
    });
  });
  afterAll(async () => {
    await node?.stop();
  });

  /** Plays the south and the applicant's home by the model, and the north on the node. */
  async function play(script: DossierScript) {
    const { services } = node;
    const log = simulate(script, journeyWorld(services.zone, script.journey)).log;
    const voice = new PeerVoice(services);
    const applicant = { organizationId: newId(node.clock), name: 'Institut du Rivage' };
    const southern = { caseId: newId(node.clock), state: noCase as ReturnType<typeof replay>, version: 0 };
    const northern: string[] = [];
    for (const { entry, events, refusal } of log) {
      expect(refusal, JSON.stringify(entry)).toBeNull();
      const { act } = entry as { act: CaseAct };
      if (act.step === north) {
        if (act.do === 'fileCase') northern.unshift(newId(node.clock));
        await performNorth(act, northern[0] ?? '', voice, applicant);
      }
      const told = events.filter(({ step }) => step === south).map(({ event }) => event);
      if (told.length === 0) continue;
      const before = southern.state;
      if (told[0]?.type === 'caseOpened') southern.caseId = newId(node.clock);
      southern.state = told.reduce(evolve, told[0]?.type === 'caseOpened' ? noCase : before);
      const row = { caseId: southern.caseId, dossierId: voice.dossierId, filedOn: '2026-06-08' } as CaseRow;
      const state = southern.state as Exclude<typeof southern.state, { status: 'none' }>;
      const recorded = {
        row,
        state,
        service: getService(services.zone, south),
        events: told,
        notes: noNotes,
      };
      for (const { type, data } of jointMessagesOf(recorded, before, 'north')) {
        expect(await voice.say(type, data as never)).toBeNull();
      }
    }
    return { log, voice, northern };
  }

  async function performNorth(
    act: CaseAct,
    caseId: string,
    voice: PeerVoice,
    applicant: MessageOf<'org.twinpark.filing.submitted'>['data']['applicant'],
  ): Promise<void> {
    const { services } = node;
    if (act.do === 'fileCase') {
      const { 'laboratory.opensOn': _, ...needed } = answers;
      const data = filingData(services, voice.dossierId, needed, offered(papers), { caseId, applicant });
      expect(await voice.say('org.twinpark.filing.submitted', data)).toBeNull();
    } else if (act.do === 'withdrawCase') {
      expect(await voice.say('org.twinpark.filing.withdrawn', { caseId })).toBeNull();
    } else {
      const command = { ...act.command, type: act.do } as CaseCommand;
      const result = await services.commander.submit(orderOf(caseId, officer(), [command]));
      expect(result.kind, JSON.stringify(result)).toBe('done');
    }
  }

  async function eventsOf(caseIds: readonly string[]): Promise<readonly CaseEvent[]> {
    const rows = await node.services.store.write((tx) =>
      tx
        .selectFrom('caseEvents')
        .select(['caseId', 'version', 'event'])
        .where('caseId', 'in', [...caseIds])
        .orderBy('caseId')
        .orderBy('version')
        .execute(),
    );
    return rows.map(({ event }) => event as unknown as CaseEvent);
  }

  it.each(Object.entries(stories))('go as in the model when %s', async (_, story) => {
    const { log, voice, northern } = await play(scriptOf(story, today()));
    const modelled = log.flatMap(({ events }) =>
      events.filter(({ step }) => step === north).map(({ event }) => event),
    );
    expect((await eventsOf(northern)).map(essence)).toEqual(modelled.map(essence));

    const sent = await outboxOf(node.services, voice.dossierId);
    const said = sent.filter(({ type }) => type === 'joint.contributed').map(({ data }) => data['answer']);
    const heard = log
      .flatMap(({ events }) => events.filter(({ step }) => step === south))
      .flatMap(({ event }) =>
        event.type === 'contributionRecorded' && event.side === 'other' ? [event] : [],
      );
    expect(said).toEqual(heard.map(({ contribution }) => contribution.answer));
    for (const { data } of sent.filter(({ type }) => type === 'joint.briefed')) {
      expect(data['facts']).toEqual({ 'team.name': 'Rivage', 'laboratory.kind': 'wet' });
    }
  });

  function today(): string {
    return node.clock.now().toZonedDateTimeISO(node.services.park.timeZone).toPlainDate().toString();
  }

  async function accepted() {
    const { services } = node;
    const voice = new PeerVoice(services);
    const { 'laboratory.opensOn': _, ...needed } = answers;
    const data = filingData(services, voice.dossierId, needed, offered(papers));
    await voice.say('org.twinpark.filing.submitted', data);
    const { caseId } = data;
    await act(caseId, { type: 'acceptCase' });
    const place = {
      dossierId: voice.dossierId,
      panel,
      caseId: newId(node.clock),
      fromAuthority: 'south-office',
      toAuthority: 'north-office',
    };
    return { voice, caseId, place };
  }

  async function act(caseId: string, ...commands: readonly CaseCommand[]): Promise<void> {
    for (const command of commands) {
      const result = await node.services.commander.submit(orderOf(caseId, officer(), [command]));
      expect(result.kind, JSON.stringify(result)).toBe('done');
    }
  }

  async function seenBy(role: 'officer' | 'auditor' | 'supervisor', organization: string, caseId: string) {
    const client = await node.as(role, organization);
    const { steps } = await client.get(getCase, { params: { caseId } });
    return steps.find(({ id }) => id === panel)?.joint;
  }

  it('reach a case that is filed in the same moment, whichever of the two is done first', async () => {
    const { services } = node;
    for (const first of ['word', 'filing'] as const) {
      const voice = new PeerVoice(services);
      const { 'laboratory.opensOn': _, ...needed } = answers;
      const filing = filingData(services, voice.dossierId, needed, offered(papers));
      const parties = { fromAuthority: 'south-office', toAuthority: 'north-office' };
      const word = { dossierId: voice.dossierId, panel, caseId: newId(node.clock), ...parties };
      const take = {
        word: (tx: Tx) =>
          takeJointContributed(
            tx,
            [
              voice.message('org.twinpark.joint.contributed', {
                ...{ ...word, answer: 'yes', conditions: [], on: today() },
              }),
            ],
            services,
          ),
        filing: (tx: Tx) =>
          takeFilingSubmitted(tx, [voice.message('org.twinpark.filing.submitted', filing)], services),
      };
      const held = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const one = services.store.write(async (tx) => {
        await take[first](tx);
        begun.resolve();
        await held.promise;
      });
      await begun.promise;
      const other = services.store.write(take[first === 'word' ? 'filing' : 'word']);
      if (services.store.kind === 'server') await someoneWaits();
      held.resolve();
      await Promise.all([one, other]);
      expect(
        (await eventsOf([filing.caseId])).map(({ type }) => type),
        first,
      ).toEqual(['caseOpened', 'caseFiled', 'contributionRecorded']);
    }
  });

  /** Until a transaction waits for a lock on a dossier's joint steps. */
  async function someoneWaits(): Promise<void> {
    await vi.waitFor(async () => {
      const { rows } = await node.services.store.jobs.executeSql(
        "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
      );
      expect(rows.length).toBeGreaterThan(0);
    });
  }

  it('show the panel and the oversight body what the other side shares, and no more than it declares', async () => {
    const { voice, caseId, place } = await accepted();
    expect((await seenBy('officer', 'north-office', caseId))?.otherSide).toBeNull();
    const briefed = await voice.say('org.twinpark.joint.briefed', {
      ...place,
      facts: { 'team.name': 'Rivage' },
    });
    expect(briefed).toBeNull();
    const expected = { facts: [{ id: 'team.name', value: 'Rivage' }], ended: false, word: null };
    expect((await seenBy('officer', 'north-office', caseId))?.otherSide).toMatchObject(expected);
    expect((await seenBy('auditor', 'oversight', caseId))?.otherSide).toMatchObject(expected);
    await voice.say('org.twinpark.joint.ended', place);
    expect((await seenBy('officer', 'north-office', caseId))?.otherSide).toMatchObject({
      ...expected,
      ended: true,
    });
  });

  it('refuse undeclared facts, other panels, other streams and broken words, and keep nothing of them', async () => {
    const { voice, caseId, place } = await accepted();
    const facts = { 'team.name': 'Rivage' };
    const attempts = [
      ['fieldNotDeclared', 'org.twinpark.joint.briefed', { facts: { ...facts, 'contact.email': 'canary' } }],
      ['fieldNotDeclared', 'org.twinpark.joint.briefed', { facts: { 'laboratory.opensOn': '2026-09-01' } }],
      ['factValueInvalid', 'org.twinpark.joint.briefed', { facts: { 'team.name': 7 } }],
      ['panelUnknown', 'org.twinpark.joint.briefed', { facts, panel: 'tea-party' }],
      ['panelUnknown', 'org.twinpark.joint.briefed', { facts, fromAuthority: 'south-operator' }],
      ['panelUnknown', 'org.twinpark.joint.briefed', { facts, toAuthority: 'north-court' }],
      ['streamOfOther', 'org.twinpark.joint.briefed', { facts, dossierId: newId(node.clock) }],
      ['messageMalformed', 'org.twinpark.joint.contributed', { answer: 'conditionalYes', conditions: [] }],
      ['messageMalformed', 'org.twinpark.joint.contributed', { answer: 'yes', conditions: ['But.'] }],
    ] as const;
    for (const [code, type, change] of attempts) {
      const data = { ...place, on: today(), conditions: [], ...change };
      const {
        on: _,
        conditions: __,
        ...brief
      } = data as typeof data & { on: string; conditions: readonly string[] };
      const content = type === 'org.twinpark.joint.briefed' ? brief : data;
      expect(await taken(node.services, voice.message(type, content as never)), code).toMatchObject({ code });
    }
    expect((await seenBy('officer', 'north-office', caseId))?.otherSide).toBeNull();
  });

  it('share nothing of a case whose answers need no such step', async () => {
    const voice = new PeerVoice(node.services);
    const data = filingData(
      node.services,
      voice.dossierId,
      { 'team.name': 'Rivage', 'team.headcount': 4, 'laboratory.kind': 'dry' },
      offered(papers.slice(0, 1)),
    );
    await voice.say('org.twinpark.filing.submitted', data);
    await act(data.caseId, { type: 'acceptCase' });
    await voice.say('org.twinpark.filing.withdrawn', { caseId: data.caseId });
    const types = (await outboxOf(node.services, voice.dossierId)).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('joint.'))).toEqual([]);
  });

  it('tell the other side when a shared fact changes, and when the case ends without a grant', async () => {
    const { voice, caseId } = await accepted();
    const agreement = { agreementId: newId(node.clock), at: '2026-06-01T08:00:00Z', digest: 'a'.repeat(64) };
    const amend = (changed: Record<string, string | number>) =>
      voice.say('org.twinpark.filing.amended', {
        caseId,
        act: 'amendCase',
        answers: changed,
        papers: [],
        agreement,
      });
    await amend({ 'team.headcount': 5 });
    await amend({ 'team.name': 'Rivage et fils' });
    await voice.say('org.twinpark.filing.withdrawn', { caseId });
    const joint = (await outboxOf(node.services, voice.dossierId)).filter(({ type }) =>
      type.startsWith('joint.'),
    );
    expect(joint.map(({ type, data }) => [type, data['facts']])).toEqual([
      ['joint.briefed', { 'team.name': 'Rivage', 'laboratory.kind': 'wet' }],
      ['joint.briefed', { 'team.name': 'Rivage et fils', 'laboratory.kind': 'wet' }],
      ['joint.ended', undefined],
    ]);
  });

  it('let a supervisor write down what the other side said, and show whether its node says the same later', async () => {
    const supervisor = await node.as('supervisor', 'north-office');
    const word = { answer: 'no', conditions: [], on: today() } as const;
    for (const [later, standing] of [
      ['no', 'confirms'],
      ['yes', 'conflicts'],
    ] as const) {
      const { voice, caseId, place } = await accepted();
      const params = { caseId };
      const body = { step: panel, answer: 'no' as const, reason: 'Letter of 3 June, number 12.' };
      const plain = await node.as('officer', 'north-office');
      expect(await plain.problem(commandEndpoints.recordContribution, { params, body })).toMatchObject({
        code: 'roleNotAllowed',
      });
      const view = await supervisor.get(commandEndpoints.recordContribution, { params, body });
      const joint = view.steps.find(({ id }) => id === panel)?.joint;
      expect(joint?.other).toMatchObject({ answer: 'no', reason: 'Letter of 3 June, number 12.' });
      expect(await supervisor.problem(commandEndpoints.recordContribution, { params, body })).toMatchObject({
        code: 'alreadyContributed',
      });
      expect(
        await voice.say('org.twinpark.joint.contributed', {
          ...place,
          ...word,
          conditions: [],
          answer: later,
        }),
      ).toBeNull();
      const after = await seenBy('supervisor', 'north-office', caseId);
      expect(after?.other).toMatchObject({ answer: 'no' });
      expect(after?.otherSide?.word).toMatchObject({ answer: later, standing });
      const reported = (await outboxOf(node.services, voice.dossierId)).filter(
        ({ type }) => type === 'case.reported',
      );
      expect(JSON.stringify(reported.at(-1)?.data)).toContain('Letter of 3 June');
    }
  });
});
