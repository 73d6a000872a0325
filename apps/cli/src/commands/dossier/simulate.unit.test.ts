import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../render/width.ts';
import { call, fixtures, inventedZone } from '../../testing/call.ts';

const simulate = (file: string, ...argv: readonly string[]) => [
  'dossier',
  'simulate',
  join(fixtures, file),
  '--zone',
  inventedZone,
  ...argv,
];

describe('running a scripted dossier', () => {
  it('puts what each side does in its own lane, with the clock it sets running', async () => {
    const { code, out } = await call(simulate('story.yaml'), { columns: 120 });
    expect(code).toBe(0);
    expect(out).toMatch(/^ +N Nord +│ S Süd$/m);
    expect(out).toMatch(/2026-05-28 Thu {2}Laborgenehmigung Nord/);
    expect(out).toMatch(/│ {3}Team Ufer: files with Laboramt Süd/);
    expect(out).toMatch(/Clock: due on 2026-06-08 Mon, 5 working/);
    expect(out).toMatch(/Clock stopped since 2026-06-03 Wed: Gutachten/);
    expect(out).toMatch(/still owed: Grundriss, by 2026-06-15/);
  });

  it('shows the days on which only one side works', async () => {
    const { out } = await call(simulate('story.yaml'), { columns: 120 });
    expect(out).toMatch(/2026-06-04 Thu {2}closed: Flussfest +│ works/);
    expect(out).toMatch(
      /2026-06-13 Sat {2}make-up day, worked for Flussfest +│ closed: rest day of the week/,
    );
  });

  it('names for each side the row of its own table that a joint outcome follows from', async () => {
    const { out } = await call(simulate('story.yaml'), { columns: 160 });
    expect(out).toContain('for “own side yes, other side no”: Nur im Norden');
    expect(out).toContain('for “own side no, other side yes”: Abgelehnt');
  });

  it('states a refusal as a fact with what to do and its clause, and drift with both values', async () => {
    const { out } = await call(simulate('story.yaml'), { columns: 99 });
    expect(out).toContain('Team Ufer wants to file. Refused.');
    expect(out).toContain('An earlier service of the journey ended without a');
    expect(out).toContain('Clause: Südparkgesetz, art. 8 (example)');
    expect(out).toMatch(/Personen im Team: filed 12, now 14/);
  });

  it('ends with each case’s state, outcome and due date, and with what is still missing', async () => {
    const { out } = await call(simulate('story.yaml'), { columns: 160 });
    const end = out.slice(out.indexOf('How it stands at the end'));
    expect(end).toContain('not decided yet, due on 2026-07-15 Wed');
    expect(end).toContain('decision: refused');
    expect(end).toContain('decided on 2026-06-17 Wed, due on 2026-07-27 Mon: kept');
    expect(end).toContain('still owed: Grundriss, by 2026-06-15');
    expect(end).toContain('may follow after acceptance: Grundriss');
  });

  it('fails where it does not come out as the expectation beside it says', async () => {
    const { code, out } = await call(simulate('surprise.yaml'), { columns: 99 });
    expect(code).toBe(1);
    expect(out).toContain('2 acts came out otherwise than they should.');
    expect(out).toContain('it should have been refused (notYourDesk)');
    expect(out).toContain('Laborgenehmigung Nord: the case did not end as it should.');
  });

  it('lists every fault of a script with its place', async () => {
    const { code, err } = await call(simulate('broken-story.yaml'));
    expect(code).toBe(1);
    expect(err.match(/broken-story\.yaml:\d+:\d+ \S+/g)?.map((line) => line.replace(/.*yaml/, ''))).toEqual([
      ':3:10 unknown-reference',
      ':6:13 wrong-value',
      ':9:11 impossible-date',
    ]);
  });

  it('gives programs the log, the refusals and the cases as JSON', async () => {
    const { out } = await call(simulate('story.yaml', '--json'));
    const { log, cases, asExpected } = JSON.parse(out);
    expect(asExpected).toBe(true);
    expect(log).toHaveLength(13);
    expect(log[2].drift).toEqual([
      expect.objectContaining({ field: 'team.headcount', filed: 12, current: 14 }),
    ]);
    expect(log[12]).toMatchObject({
      do: 'fileCase',
      park: 'south',
      refusal: { code: 'earlierServicesFailed' },
    });
    expect(cases).toEqual([
      expect.objectContaining({ step: 'north-laboratory-permit', status: 'inExamination', kept: null }),
      expect.objectContaining({ step: 'south-laboratory-permit', outcome: 'refused', kept: true }),
    ]);
  });

  it.each([40, 72, 99, 100, 150])('fits a terminal of %i columns', async (columns) => {
    for (const language of ['en', 'zh-Hant']) {
      const { out } = await call(simulate('story.yaml', '--lang', language), { columns });
      expect(Math.max(...out.split('\n').map(columnsOf))).toBeLessThanOrEqual(columns);
      expect(out.includes('S │ ')).toBe(columns < 100);
    }
  });
});
