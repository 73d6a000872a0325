import { describe, expect, it } from 'vitest';
import { compileZone } from './compile.ts';
import { otherFile, packOf, serviceFile, zoneFile } from './fixtures/two-banks.ts';
import { calendarsOf, getJourney, getPark, getService, journeyWorld, otherPark } from './zone.ts';

const zone = compileZone(packOf(zoneFile, serviceFile, otherFile));
const permit = getService(zone, 'bank-permit');
const notice = getService(zone, 'bank-notice');

/** The hashes of the permit and of the journey it belongs to, after one change of the permit's file. */
function hashesAfter(from: string, to: string) {
  expect(serviceFile).toContain(from);
  const changed = compileZone(packOf(zoneFile, serviceFile.replace(from, to), otherFile));
  return { service: getService(changed, 'bank-permit').hash, journey: getJourney(changed, 'settle').hash };
}

describe('a compiled service', () => {
  it('writes out what its record leaves to its place', () => {
    expect(permit.acceptanceLimit).toEqual({
      amount: 5,
      unit: 'workingDays',
      starts: 'dayAfter',
      from: 'filing',
      calendars: ['east-days'],
      rollsForward: false,
      tacit: null,
      extension: null,
      citation: { instrument: 'bank-act', clause: 'Art. 4', date: null, seen: [], status: 'verified' },
    });
    expect(permit.effective).toEqual({ from: '2026-01-01', to: null });
    expect(permit.supplement).toEqual({ limit: null, rounds: null, silence: 'nothing' });
    expect(permit.fourEyes).toBeNull();
    expect(permit.fees[0]?.amountMinorUnits).toBeNull();
    expect(permit.output.validityMonths).toBeNull();
    expect(notice.acceptanceLimit).toBeNull();
    expect(notice.output.validityMonths).toBe(12);
  });

  it('counts a week as seven calendar days, in the limit and in its extension', () => {
    expect(permit.decisionLimit).toMatchObject({
      amount: 21,
      unit: 'calendarDays',
      from: 'acceptance',
      tacit: 'granted',
      extension: { amount: 14, times: 1, citation: { clause: 'Art. 6' } },
    });
  });

  it('keeps what a limit says itself', () => {
    expect(permit.remedies[0]?.limit).toMatchObject({
      amount: 1,
      unit: 'months',
      starts: 'sameDay',
      from: 'filing',
      calendars: ['east-days', 'west-days'],
      rollsForward: true,
    });
  });

  it('has no clause where none is established, and keeps the doubt', () => {
    expect(permit.decisionLimit?.citation).toEqual({
      instrument: 'bank-act',
      clause: null,
      date: '2025',
      seen: ['invented'],
      status: 'unverified',
      note: { en: 'Only a report says so' },
    });
  });

  it('lists the limits that the sources do not settle, with what is known of them', () => {
    const citation = { instrument: null, clause: null, date: null, seen: ['invented'] };
    expect(permit.unestablished).toEqual([
      {
        limit: 'supplement',
        of: null,
        citation: { ...citation, status: 'verified', note: { en: 'The act is silent' } },
      },
      { limit: 'step', of: 'meet', citation: { ...citation, status: 'illustrative' } },
    ]);
    expect(notice.unestablished.map(({ limit }) => limit)).toEqual(['decision']);
    expect(notice.decisionLimit).toBeNull();
  });

  it('turns a paper that may still be owed into a time limit in working days', () => {
    expect(permit.evidence[0]?.debt).toBeNull();
    expect(permit.evidence[1]?.debt).toMatchObject({
      amount: 10,
      unit: 'workingDays',
      from: 'acceptance',
      calendars: ['east-days'],
      citation: { clause: 'Art. 7' },
    });
  });

  it('holds its conditions as trees', () => {
    expect(permit.needs).toEqual([
      { fact: 'team.name', when: null, optional: false },
      {
        fact: 'team.headcount',
        when: expect.objectContaining({ op: 'compare', operator: '!=' }),
        optional: true,
      },
    ]);
    expect(permit.criteria[0]?.test).toMatchObject({ op: 'compare', operator: '>=' });
    expect(permit.evidence[1]?.when).toMatchObject({ op: 'compare', operator: '>' });
  });

  it('names the other side of a joint step and what follows from each pair of answers', () => {
    const [own, joint] = permit.steps;
    expect(own?.joint).toBeNull();
    expect(joint?.joint).toMatchObject({
      id: 'river-panel',
      otherPark: 'west',
      otherAuthority: 'west-office',
    });
    expect(joint?.joint?.outcomes.conditionalYes).toEqual({
      consequence: 'adoptWithConditions',
      explanation: { en: 'Bound' },
    });
  });
});

describe('a compiled journey and its zone', () => {
  it('names a step by its service where it has no name of its own', () => {
    expect(getJourney(zone, 'settle').steps).toEqual([
      { id: 'bank-permit', service: 'bank-permit', after: [], when: null },
      {
        id: 'later-notice',
        service: 'bank-notice',
        after: ['bank-permit'],
        when: expect.objectContaining({ operator: '>' }),
      },
    ]);
  });

  it('knows both parks from each other', () => {
    expect(otherPark(zone, 'east').id).toBe('west');
    expect(otherPark(zone, 'west').id).toBe('east');
    expect(getPark(zone, 'west')).toMatchObject({ operator: null, currency: 'CHF' });
    expect(() => otherPark(zone, 'north')).toThrow('north');
  });

  it('lists a service in the catalogue apart from its law', () => {
    expect(zone.listings.get('bank-permit')).toEqual({
      summary: { en: 'Lets a team work on the bank' },
      flow: 'research',
    });
  });

  it('gives the working days of one calendar, and those common to two', () => {
    expect(zone.calendars.get('east-days')?.years[0]?.holidays).toEqual([
      { holiday: 'flood-day', from: '2026-03-04', to: '2026-03-04' },
    ]);
    const calendarFor = calendarsOf(zone);
    expect(calendarFor(['east-days'])).toBe(calendarFor(['east-days']));
    expect(calendarFor(['east-days', 'west-days'])).toBe(calendarFor(['west-days', 'east-days']));
    expect(calendarFor(['east-days', 'west-days']).parts).toHaveLength(2);
    expect(() => calendarFor(['north-days'])).toThrow('north-days');
  });

  it('is a world in which a dossier of the journey can run', () => {
    const world = journeyWorld(zone, 'settle');
    expect(world.services.get('bank-notice')).toBe(notice);
    expect(world.timeZoneOf('west')).toBe('Europe/Zurich');
  });
});

describe('the hash of a definition', () => {
  it('is the same whatever the order of keys and records, the comments, the files and the way of writing', () => {
    const reversed = serviceFile
      .replace(
        '    park: east\n    authority: east-office\n',
        '    authority: east-office # the office\n    park: "east"\n',
      )
      .replace('team.headcount >= 2', "'team.headcount   >=   2'");
    const again = compileZone(packOf(otherFile, `# moved\n${reversed}`, zoneFile));
    expect(getService(again, 'bank-permit').hash).toBe(permit.hash);
    expect(getJourney(again, 'settle').hash).toBe(getJourney(zone, 'settle').hash);
  });

  it('is the same whether a default is left out or written down', () => {
    expect(hashesAfter('rollsForward: true', 'tacit: granted, rollsForward: true').service).not.toBe(
      permit.hash,
    );
    const written = 'unit: workingDays\n        starts: dayAfter\n        calendars: [east-days]';
    expect(hashesAfter('unit: workingDays', written).service).toBe(permit.hash);
  });

  it.each([
    ['amount: 5', 'amount: 6'],
    ['team.headcount >= 2', 'team.headcount >= 3'],
    ['clause: Art. 9', 'clause: Art. 10'],
    ['{ en: Look }', '{ en: Inspect }'],
    ['then: ownPartOnly', 'then: refuse'],
    ['{ en: The act is silent }', '{ en: The act says nothing }'],
    ['from: 2026-01-01', 'from: 2026-01-02'],
  ])('changes, with that of its journey, when %s becomes %s', (from, to) => {
    const hashes = hashesAfter(from, to);
    expect(hashes.service).not.toBe(permit.hash);
    expect(hashes.journey).not.toBe(getJourney(zone, 'settle').hash);
  });

  it('does not change with another service', () => {
    const changed = compileZone(packOf(zoneFile, serviceFile.replace('amount: 5', 'amount: 6'), otherFile));
    expect(getService(changed, 'bank-notice').hash).toBe(notice.hash);
  });

  it('does not cover what only the catalogue says', () => {
    expect(hashesAfter('Lets a team work', 'Allows a team to work').service).toBe(permit.hash);
  });
});
