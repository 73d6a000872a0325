import { simulate } from '@twinpark/kernel/dossier/simulate.ts';
import { caseActions } from '@twinpark/kernel/vocabulary.ts';
import { describe, expect, it } from 'vitest';
import { compileZone } from './compile.ts';
import { otherFile, packOf, serviceFile, zoneFile } from './fixtures/two-banks.ts';
import { entrySchemas } from './script/schema.ts';
import { readScript } from './script.ts';
import { journeyWorld } from './zone.ts';

const zone = compileZone(packOf(zoneFile, serviceFile, otherFile));

const scriptFile = `title: { en: A team settles }
journey: settle
applicant: { name: { en: Otter Laboratory }, invented: true }
startOn: 2026-03-02
answers:
  team.name: Otter
  team.headcount: 6
  team.since: 2024-05-01
  team.isNew: false
  team.budget: 500000
  team.area: 12.5
  team.field: water
  team.languages: [first, second]
evidence:
  - { type: plan, name: plan.pdf, on: 2026-02-01 }
story:
  - { on: 2026-03-02, step: bank-permit, do: fileCase, note: { en: The team files. } }
  - { on: 2026-03-03, step: bank-permit, do: acceptCase }
  - { on: 2026-03-05, step: bank-permit, do: requestEvidence, evidence: [insurance], facts: [team.headcount] }
  - on: 2026-03-09
    step: bank-permit
    do: supplyEvidence
    answers: { team.headcount: 7 }
    evidence: [{ type: insurance, name: slip.pdf }]
  - { on: 2026-03-10, step: bank-permit, do: suspendCase, procedure: dive }
  - { on: 2026-03-12, step: bank-permit, do: resumeCase }
  - { on: 2026-03-12, step: bank-permit, do: completeStep, caseStep: look, result: passed }
  - { on: 2026-03-12, step: bank-permit, do: contribute, by: officer, person: anna, caseStep: meet, answer: yes }
  - { on: 2026-03-13, step: bank-permit, do: recordContribution, caseStep: meet, answer: yes }
  - { on: 2026-03-16, do: answer, answers: { team.headcount: 8 }, evidence: [{ type: plan, name: new.pdf }] }
  - { on: 2026-03-17, step: bank-permit, do: decideCase, outcome: granted }
  - { on: 2026-03-18, step: bank-permit, do: serveOutput, receiptNumber: R-1, outputs: { permit.number: P-9 } }
`;

function read(text: string) {
  return readScript({ path: 'otter.yaml', bytes: new TextEncoder().encode(text) }, zone);
}

function scriptOf(text: string) {
  const result = read(text);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.script;
}

/** The problems after one change of the sound script; `▸` marks where the problem is to be shown. */
function problemsAfter(from: string, to: string) {
  expect(scriptFile).toContain(from);
  const marked = scriptFile.replace(from, to);
  const before = marked.slice(0, marked.indexOf('▸')).split('\n');
  const result = read(marked.replace('▸', ''));
  return {
    spot: { line: before.length, column: (before.at(-1) ?? '').length + 1 },
    problems: 'problems' in result ? result.problems : [],
  };
}

describe('a scripted dossier', () => {
  it('is read with its applicant, answers and papers', () => {
    const { title, journey, applicant, startOn, answers, evidence } = scriptOf(scriptFile);
    expect({ title, journey, applicant, startOn }).toEqual({
      title: { en: 'A team settles' },
      journey: 'settle',
      applicant: { id: 'applicant', name: { en: 'Otter Laboratory' } },
      startOn: '2026-03-02',
    });
    expect(answers).toMatchObject({ 'team.since': '2024-05-01', 'team.languages': ['first', 'second'] });
    expect(evidence).toEqual([
      { type: 'plan', name: 'plan.pdf', digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  it('has its acts as commands without what the run supplies', () => {
    const { story } = scriptOf(scriptFile);
    expect(story[0]).toEqual({
      on: '2026-03-02',
      note: { en: 'The team files.' },
      act: { do: 'fileCase', step: 'bank-permit', by: 'applicant', person: null, command: {}, outputs: {} },
    });
    expect(story[2]?.act).toMatchObject({
      by: 'officer',
      command: { evidence: ['insurance'], facts: ['team.headcount'] },
    });
    expect(story[3]?.act).toMatchObject({
      by: 'applicant',
      command: { answers: { 'team.headcount': 7 }, evidence: [{ type: 'insurance', name: 'slip.pdf' }] },
    });
    expect(story[7]?.act).toMatchObject({
      by: 'officer',
      person: 'anna',
      command: { step: 'meet', answer: 'yes' },
    });
    expect(story[8]?.act).toMatchObject({ by: 'peer' });
    expect(story[9]).toEqual({
      on: '2026-03-16',
      note: null,
      act: {
        do: 'answer',
        answers: { 'team.headcount': 8 },
        evidence: [{ type: 'plan', name: 'new.pdf', digest: expect.any(String) }],
      },
    });
    expect(story[11]?.act).toMatchObject({
      command: { receiptNumber: 'R-1' },
      outputs: { 'permit.number': 'P-9' },
    });
  });

  it('runs in its zone', () => {
    const { log, dossier } = simulate(scriptOf(scriptFile), journeyWorld(zone, 'settle'));
    expect(log.map(({ refusal }) => refusal)).toEqual(log.map(() => null));
    expect(dossier.filings['bank-permit']?.outcome).toBe('granted');
    expect(dossier.answers['permit.number']?.value).toBe('P-9');
  });

  it('tells a newer paper from an older one by its date', () => {
    const digestOf = (text: string) => scriptOf(text).evidence[0]?.digest;
    const newer = scriptFile.replace('on: 2026-02-01', 'on: 2026-02-02');
    expect(digestOf(newer)).not.toBe(digestOf(scriptFile));
    expect(digestOf(scriptFile)).toBe(digestOf(scriptFile.replace('plan.pdf, on', 'plan.pdf,   on')));
  });

  it('can tell every act but the opening of a case, which goes with its filing', () => {
    const missing = ['answer', ...caseActions].filter((action) => !entrySchemas.has(action));
    expect(missing).toEqual(['openCase']);
  });
});

describe('a scripted dossier with a fault', () => {
  it('has none before it is changed', () => {
    expect('script' in read(scriptFile)).toBe(true);
  });

  it.each([
    ['journey: settle', 'journey: ▸setle', 'unknown-reference', { id: 'setle', suggestion: 'settle' }],
    ['invented: true', 'invented: ▸false', 'wrong-value', { value: 'false', allowed: 'true' }],
    ['startOn: 2026-03-02', 'startOn: ▸2026-02-30', 'impossible-date', { value: '2026-02-30' }],
    ['title: { en: A', 'title: ▸{ de: A', 'language-missing', { languages: 'en' }],
    ['note: { en: The', 'note: ▸{ fr: The', 'language-missing', { languages: 'en' }],
    ['team.headcount: 6', '▸team.headcont: 6', 'unknown-reference', { suggestion: 'team.headcount' }],
    ['team.headcount: 6', 'team.headcount: ▸six', 'expected-number', {}],
    ['team.headcount: 6', 'team.headcount: ▸6.5', 'expected-whole-number', {}],
    ['team.headcount: 6', '▸team.headcount:', 'no-value', { field: 'team.headcount' }],
    ['team.name: Otter', "team.name: ▸' '", 'empty-text', {}],
    ['team.name: Otter', 'team.name: ▸2026', 'expected-text', {}],
    ['team.since: 2024-05-01', 'team.since: ▸2024-05-32', 'impossible-date', {}],
    ['team.since: 2024-05-01', 'team.since: ▸May', 'bad-date', { value: 'May' }],
    ['team.isNew: false', 'team.isNew: ▸no', 'expected-true-or-false', {}],
    ['team.area: 12.5', 'team.area: ▸.inf', 'expected-number', {}],
    ['team.budget: 500000', 'team.budget: ▸0.5', 'expected-whole-number', {}],
    ['team.budget: 500000', 'team.budget: ▸.nan', 'expected-number', {}],
    ['team.budget: 500000', 'team.budget: ▸99999999999999999', 'too-big', { limit: '9007199254740991' }],
    ['team.budget: 500000', 'team.budget: ▸-99999999999999999', 'too-small', {}],
    ['[first, second]', '[first, ▸first]', 'option-duplicate', { option: 'first' }],
    [
      'team.field: water',
      'team.field: ▸watr',
      'wrong-value',
      { allowed: 'water, stone', suggestion: 'water' },
    ],
    ['[first, second]', '[first, ▸third]', 'wrong-value', { value: 'third' }],
    ['[first, second]', '▸first', 'expected-list', {}],
    [
      'type: plan, name: plan.pdf',
      'type: ▸plans, name: plan.pdf',
      'unknown-reference',
      { suggestion: 'plan' },
    ],
    ['do: fileCase', 'do: ▸fileCases', 'wrong-value', { suggestion: 'fileCase' }],
    ['do: acceptCase', 'do: ▸openCase', 'wrong-value', { value: 'openCase' }],
    [
      '{ on: 2026-03-03, step: bank-permit, do: acceptCase',
      '▸{ on: 2026-03-03',
      'missing-field',
      { field: 'do' },
    ],
    ['do: acceptCase', 'do: acceptCase, by: ▸clerk', 'wrong-value', { value: 'clerk' }],
    ['{ on: 2026-03-03, step: bank-permit', '▸{ on: 2026-03-03', 'missing-field', { field: 'step' }],
    ['2026-03-03, step: bank', '2026-03-03, step: ▸banks', 'wrong-value', { suggestion: 'bank-permit' }],
    ['[insurance]', '[▸insurence]', 'unknown-reference', { suggestion: 'insurance' }],
    ['facts: [team.headcount]', 'facts: [▸team.head]', 'unknown-reference', { id: 'team.head' }],
    ['procedure: dive', 'procedure: ▸swim', 'wrong-value', { value: 'swim', allowed: 'dive' }],
    ['caseStep: look', 'caseStep: ▸bank-permit', 'wrong-value', { allowed: 'look, meet' }],
    ['result: passed', 'result: ▸ok', 'wrong-value', { allowed: 'passed, failed' }],
    ['answers: { team.headcount: 8', 'answers: { team.headcount: ▸x', 'expected-number', {}],
    [
      'outcome: granted',
      'outcome: granted, ▸reasns: x',
      'unknown-field',
      { field: 'reasns', suggestion: 'reasons' },
    ],
    [
      'permit.number: P-9',
      '▸team.name: P-9',
      'wrong-value',
      { value: 'team.name', allowed: 'permit.number' },
    ],
    ['on: 2026-03-12, step', 'on: ▸2026-03-01, step', 'story-out-of-order', { previous: '2026-03-10' }],
    ['on: 2026-03-02, step', 'on: ▸2026-03-01, step', 'story-out-of-order', { previous: '2026-03-02' }],
    ['{ on: 2026-03-18,', '▸{', 'missing-field', { field: 'on' }],
    ['story:', 'story: []\n▸stories:', 'unknown-field', { field: 'stories' }],
  ])('%s → %s', (from, to, code, parameters) => {
    const { spot, problems } = problemsAfter(from, to);
    expect(problems).toContainEqual({
      code,
      path: 'otter.yaml',
      ...spot,
      parameters: expect.objectContaining(parameters),
    });
  });

  it('is reported with all its faults at once, in the order of the file', () => {
    const broken = scriptFile
      .replace('team.headcount: 6', 'team.headcount: six')
      .replace('do: acceptCase', 'do: accept')
      .replace('caseStep: look', 'caseStep: lok');
    const result = read(broken);
    expect('problems' in result && result.problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '7 expected-number',
      '18 wrong-value',
      '27 wrong-value',
    ]);
  });

  it('is reported with what its sound parts name wrongly, whatever else is wrong', () => {
    const broken = scriptFile
      .replace('startOn: 2026-03-02', 'startOn: soon')
      .replace('team.headcount: 6', 'team.headcount: six\n  nonsense: 1')
      .replace('type: plan, name: plan.pdf', 'type: plans, name: plan.pdf, size: 1')
      .replace('2026-03-05, step: bank-permit', '2026-03-01, step: bank, extra: 1')
      .replace('caseStep: look', 'caseStep: lok, extra: 1')
      .replace('outputs: { permit.number: P-9 }', 'outputs: { team.name: P-9 }, extra: 1');
    const result = read(broken);
    expect('problems' in result && result.problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4 bad-date',
      '7 expected-number',
      '8 bad-fact-id',
      '16 unknown-reference',
      '16 unknown-field',
      '20 story-out-of-order',
      '20 wrong-value',
      '20 unknown-field',
      '28 wrong-value',
      '28 unknown-field',
      '33 wrong-value',
      '33 unknown-field',
    ]);
  });

  it('is reported when it is no YAML, not UTF-8 or not a mapping', () => {
    const codes = (bytes: Uint8Array) => {
      const result = readScript({ path: 'otter.yaml', bytes }, zone);
      return 'problems' in result ? result.problems.map(({ code }) => code) : [];
    };
    expect(codes(new TextEncoder().encode('title: "A'))).toEqual(['yaml-unclosed']);
    expect(codes(new Uint8Array([0x74, 0xff, 0xfe]))).toEqual(['encoding-not-utf8']);
    expect(codes(new TextEncoder().encode('- a'))).toEqual(['not-a-mapping']);
    expect(codes(new Uint8Array())).toEqual(['empty-file']);
  });

  it('is reported when the file could not be read', () => {
    const result = readScript(
      { path: 'otter.yaml', fault: { code: 'unreadable-file', parameters: { reason: 'EACCES' } } },
      zone,
    );
    expect(result).toMatchObject({ problems: [{ code: 'unreadable-file', path: 'otter.yaml' }] });
  });
});
