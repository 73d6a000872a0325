import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../render/width.ts';
import { call, fixtures, inventedZone } from '../../testing/call.ts';

const plan = (...argv: readonly string[]) => [
  'journey',
  'plan',
  'open-a-laboratory',
  '--zone',
  inventedZone,
  '--from',
  '2026-06-01',
  ...argv,
];
const answers = join(fixtures, 'answers.yaml');

describe('planning a journey', () => {
  it('asks each fact once, under its section, with the steps of each side that need it', async () => {
    const { code, out } = await call(plan());
    expect(code).toBe(0);
    expect(out).toMatch(/Das Team\n {2}Name des Teams +1N, 2S, 3S\n/);
    expect(out.match(/Name des Teams/g)).toHaveLength(1);
    expect(out).toMatch(/Art des Labors +1N; decides which steps are needed/);
    expect(out).toMatch(/Kosten des Labors +1N; only if needed/);
    expect(out).toMatch(/E-Mail +3S; may be left empty/);
    expect(out).toMatch(/Sicherheitskonzept +1N, 2S; only if needed/);
    expect(out).toMatch(/Grundriss +1N; may follow after acceptance \(1N\)/);
  });

  it('shows which steps run side by side, who decides, and which answer together', async () => {
    const { out } = await call(plan());
    expect(out).toContain('Stage 1: 2 steps side by side');
    expect(out).toContain('Stage 2: one step');
    expect(out).toContain('together with 2S (Sicherheitsausschuss)');
    expect(out).toContain('may or may not be needed: it depends on Art des Labors');
  });

  it('puts both calendars beside each date and the days on which only one side works', async () => {
    const { out } = await call(plan());
    expect(out).toMatch(/2026-06-04 +Thu +closed: Flussfest +works/);
    expect(out).toMatch(/2026-06-01 +Mon +works +works +earliest filing: 1N, 2S/);
    expect(out).toContain('No time limit is established for 3S');
    expect(out).toMatch(/earliest filing \(not before\):\s+3S\n/);
  });

  it('leaves out what known answers make needless, and says because of which', async () => {
    const { out } = await call(plan('--answers', answers));
    expect(out).toMatch(
      /Not needed for these answers\n.*Laborgenehmigung Süd: because Art des Labors = Trockenlabor/,
    );
    expect(out).not.toContain('Tag der Eröffnung');
    expect(out).toContain('known: 4');
    expect(out).toMatch(
      /What is still missing on each side\n {2}N Laborgenehmigung Nord\n {5}answers: Name des Teams/,
    );
    expect(out).toContain(
      'from an earlier decision (Laborgenehmigung Nord): Nummer der Genehmigung im Nordpark',
    );
  });

  it('gives programs the same as JSON', async () => {
    const { out } = await call(plan('--answers', answers, '--json'));
    const described = JSON.parse(out);
    expect(described).toMatchObject({
      journey: 'open-a-laboratory',
      from: '2026-06-01',
      notNeeded: [{ step: 'south-laboratory-permit', because: ['laboratory.kind'] }],
    });
    expect(described.steps[0]).toMatchObject({
      step: 'north-laboratory-permit',
      stage: 1,
      fileOn: '2026-06-01',
      decidedBy: '2026-07-07',
      atLeast: false,
      decidedBySides: { north: { works: true }, south: { works: true } },
    });
    expect(described.steps[1]).toMatchObject({ step: 'south-tenancy', stage: 2, decidedBy: null });
    expect(described.asked[0].facts[0]).toMatchObject({
      fact: 'team.name',
      for: expect.any(Array),
      value: null,
    });
  });

  it('begins today where the first park is unless a day is given', async () => {
    const argv = ['journey', 'plan', 'open-a-laboratory', '--zone', inventedZone, '--json'];
    // In Berlin the second of March has begun; in London and in UTC it has not.
    const { out } = await call(argv, { now: '2026-03-01T23:30:00Z' });
    expect(JSON.parse(out).from).toBe('2026-03-02');
  });

  it('marks dates that rest on years without published working days', async () => {
    const argv = plan().with(6, '2026-12-01');
    const { out } = await call(argv);
    expect(out).toContain('Provisional dates rest on working days that are not published yet.');
  });

  it('lists every fault of the answers with its place', async () => {
    const { code, err } = await call(plan('--answers', join(fixtures, 'answers-with-faults.yaml')));
    expect(code).toBe(1);
    expect(err).toMatch(/answers-with-faults\.yaml:2:18 wrong-value .*Did you mean “wet”\?/);
    expect(err).toMatch(/:3:1 unknown-reference .*“team.headcount”/);
    expect(err).toMatch(/:4:17 expected-number/);
  });

  it.each([40, 70, 100, 140])('fits a terminal of %i columns', async (columns) => {
    for (const language of ['en', 'zh-Hans']) {
      const { out } = await call(plan('--answers', answers, '--lang', language), { columns });
      expect(Math.max(...out.split('\n').map(columnsOf))).toBeLessThanOrEqual(columns);
    }
  });
});
