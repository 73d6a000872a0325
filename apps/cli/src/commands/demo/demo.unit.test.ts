import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../render/width.ts';
import { call, inventedZone } from '../../testing/call.ts';

describe('the demo', () => {
  it('tells the story in chapters and comes out as it should', async () => {
    const { code, out, err } = await call(['demo'], { columns: 120 });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const chapters = out.match(/^\d+\. .+$/gm) ?? [];
    expect(chapters.length).toBeGreaterThanOrEqual(8);
    expect(chapters.map((chapter) => Number.parseInt(chapter, 10))).toEqual(
      chapters.map((_, index) => index + 1),
    );
    expect(out).toContain('is invented');
    expect(out).not.toMatch(/\{\w+\}|undefined|\[object/);
  });

  it('shows what Twinpark is for: gaps, a stopped clock, a one-sided holiday, a joint yes on conditions, drift, four eyes', async () => {
    const { out } = await call(['demo'], { columns: 99 });
    for (const shown of [
      'What each side lacks at first',
      'Clock stopped since',
      'closed: Good Friday',
      'make-up day, worked for Labour Day',
      'yes, on conditions',
      'nobody says no, and one side sets conditions',
      'The filing no longer says what the dossier says.',
      'Every filing says again what the dossier says.',
      'Nobody may approve a proposal of their own.',
      'still owed:',
      'with the remedy named',
      ': kept',
    ]) {
      expect(out).toContain(shown);
    }
  });

  it('ends with a command that counts one of its clocks to the same day', async () => {
    const { out } = await call(['demo'], { columns: 160 });
    const command = out.match(/^ {2}twinpark (clock due .+)$/m)?.[1] ?? '';
    const counted = await call([...command.split(' '), '--json']);
    const { due } = JSON.parse(counted.out) as { due: string };
    expect(out).toMatch(new RegExp(`decided on .*, due on ${due}`));
  });

  it.each([
    ['zh-Hans', '这个故事说明了什么'],
    ['zh-Hant', '這個故事說明了甚麼'],
  ])('is told in %s and fits the terminal', async (language, heading) => {
    for (const columns of [60, 120]) {
      const { code, out } = await call(['demo', '--lang', language], { columns });
      expect(code).toBe(0);
      expect(out).toContain(heading);
      expect(Math.max(...out.split('\n').map(columnsOf))).toBeLessThanOrEqual(columns);
    }
  });

  it('says plainly that another zone has no such story', async () => {
    const { code, err } = await call(['demo', '--zone', inventedZone]);
    expect(code).toBe(2);
    expect(err).toMatch(/There is no file “.*set-up-in-the-zone\.yaml”/);
  });
});
