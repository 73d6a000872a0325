import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionOf, options } from './arguments/options.ts';
import { commands } from './commands/registry.ts';
import { columnsOf } from './render/width.ts';
import { call, fixtures, inventedZone } from './testing/call.ts';

const clock = ['clock', 'due', '--zone', inventedZone];
const plan = ['journey', 'plan', '--zone', inventedZone];
const story = join(fixtures, 'story.yaml');

describe('help', () => {
  it.each([[], ['help'], ['--help'], ['-h'], ['help', 'help'], ['help', 'version']])(
    'comes with every command for %j',
    async (...argv: string[]) => {
      const { code, out } = await call(argv);
      expect(code).toBe(0);
      for (const { words } of commands) expect(out).toContain(words.join(' '));
    },
  );

  it('explains each command with all its options and a call to copy, in three languages', async () => {
    for (const command of commands) {
      for (const language of ['en', 'zh-Hans', 'zh-Hant']) {
        const { code, out } = await call(['help', ...command.words, '--lang', language], { columns: 60 });
        expect(code).toBe(0);
        for (const { name } of command.options) expect(out).toContain(`--${name}`);
        expect(out).toContain(`twinpark ${command.words.join(' ')}`);
        expect(Math.max(...out.split('\n').map(columnsOf))).toBeLessThanOrEqual(60);
      }
    }
  });

  it('is also what a command gives with --help, whatever else is written', async () => {
    const { code, out } = await call(['clock', 'due', '--park', 'x', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Usage\n  twinpark clock due');
  });

  it('prints the version', async () => {
    expect(await call(['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
    expect(await call(['version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  });

  it('has an example for every option that takes a value', () => {
    const names = Object.keys(options);
    const bare = names.map(optionOf).filter((option) => option?.type === 'string' && !option.example);
    expect(bare).toEqual([]);
  });
});

/** What is written, what the message must name, and what it must offer instead. */
const wrong: readonly (readonly [readonly string[], string, string])[] = [
  [['clok'], 'clok', 'twinpark clock due'],
  [[''], 'COMMAND', 'twinpark help'],
  [['frobnicate'], 'frobnicate', 'twinpark help'],
  [['clock'], 'clock', 'twinpark clock due'],
  [['zone', 'chek'], 'chek', 'twinpark zone check'],
  [['help', 'journy'], 'journy', 'twinpark journey plan'],
  [['--frob'], '--frob', 'twinpark help'],
  [['demo', '--verbose'], '--verbose', 'twinpark demo'],
  [['demo', '--park', 'north'], '--park', 'twinpark demo'],
  [['demo', '--zone', inventedZone], '--zone: ', '--zone zone/NAME'],
  [['demo', 'now'], 'now', 'twinpark demo'],
  [['demo', '--lang', 'fr'], '--lang', '--lang en'],
  [['demo', '--lang', 'zh-hand'], '--lang', '--lang zh-Han'],
  [['demo', '--lang'], '--lang', '--lang zh-Hans'],
  [['demo', '--help=yes'], '--help', '--help'],
  [['zone', 'check', 'no-such-folder'], 'no-such-folder', 'twinpark zone check zone/'],
  [['zone', 'check', ''], 'DIR', 'twinpark zone check zone/'],
  [['zone', 'check', story], 'story.yaml', 'twinpark zone check zone/'],
  [['zone', 'check', inventedZone, 'and-another'], 'and-another', 'twinpark zone check'],
  [['zone', 'check', '--json=true'], '--json', '--json'],
  [[...clock, '--from', '2026-06-01', '--days', '3'], '--park', '--park'],
  [[...clock, '--park', 'nort', '--from', '2026-06-01', '--days', '3'], '“nort”', '--park north'],
  [[...clock, '--park', '', '--from', '2026-06-01', '--days', '3'], '--park', '--park'],
  [[...clock, '--park', '--from', '2026-06-01', '--days', '3'], '--park', '--park'],
  [
    [...clock, '--park', 'north', '--park', 'south', '--from', '2026-06-01', '--days', '3'],
    '--park',
    '--park',
  ],
  [[...clock, '--park', 'north', '--from', '1.6.2026', '--days', '3'], '“1.6.2026”', '--from 2026-'],
  [[...clock, '--park', 'north', '--from', '2026-02-30', '--days', '3'], '2026-02-30', '--from 2026-'],
  [[...clock, '--park', 'north', '--from', '0001-01-01', '--days', '3'], '0001-01-01', '--from 2026-'],
  [[...clock, '--park', 'north', '--from', '2026-06-01', '--days', '0'], '“0”', '--days 10'],
  [[...clock, '--park', 'north', '--from', '2026-06-01', '--days', '-5'], '“-5”', '--days 10'],
  [[...clock, '--park', 'north', '--from', '2026-06-01', '--days', '3661'], '“3661”', '--days 10'],
  [[...clock, '--park', 'north', '--from', '2026-06-01', '--days', '1.5'], '“1.5”', '--days 10'],
  [[...clock, '--park', 'north', '--from', '2026-06-01', '--days', '１０'], '“１０”', '--days 10'],
  [
    [...clock, '--park', 'north', '--from', '2026-06-01', '--days', '3', '--stop', '2026-06-02'],
    '2026-06-02',
    '..',
  ],
  [[...clock, '--park', 'north', '--from', '2026-06-01', '--days', '3', '--stop', 'a..b'], '“a”', '..'],
  [
    [...clock, '--park', 'north', '--from', '2026-06-01', '--days', '3', '--stop', '2026-06-05..2026-06-02'],
    '2026-06-05',
    '..',
  ],
  [
    [...clock, '--park', 'north', '--from', '2026-06-01', '--days', '3', '--with-park', 'north'],
    '--with-park',
    '--with-park south',
  ],
  [[...clock, '--prk', 'north', '--from', '2026-06-01', '--days', '3'], '--prk', '--park'],
  [['clock', 'due', '--zone', 'nowhere', '--park', 'x', '--from', 'y', '--days', 'z'], 'nowhere', '--zone'],
  [plan, 'JOURNEY', 'twinpark journey plan'],
  [[...plan, 'open-a-labratory'], '“open-a-labratory”', 'twinpark journey plan open-a-laboratory'],
  [[...plan, 'open-a-laboratory', '--answers', 'none.yaml'], 'none.yaml', '--answers'],
  [[...plan, 'open-a-laboratory', '--answers', fixtures], 'fixtures', '--answers'],
  [[...plan, 'open-a-laboratory', '--from', 'tomorrow'], '“tomorrow”', '--from 2026-'],
  [['dossier', 'simulate', '--zone', inventedZone], 'FILE', 'twinpark dossier simulate'],
  [['dossier', 'simulate', '', '--zone', inventedZone], 'FILE', 'twinpark dossier simulate'],
  [['dossier', 'simulate', 'none.yaml', '--zone', inventedZone], 'none.yaml', 'twinpark dossier simulate'],
  [['receipt', 'verify'], 'FILE', 'twinpark receipt verify'],
  [['receipt', 'verify', story], '--keys', '--keys keys.json'],
  [['receipt', 'verify', 'none.json', '--keys', story], 'none.json', 'twinpark receipt verify'],
  [['receipt', 'verify', story, '--keys', 'none.json'], 'none.json', '--keys keys.json'],
  [['log', 'verify', 'no-such-folder', '--keys', story], 'no-such-folder', 'twinpark log verify'],
  [['log', 'verify', story, '--keys', story], 'story.yaml', 'twinpark log verify'],
  [['log', 'fetch', 'https://park.example.org', '--keys', story], 'DIR', 'twinpark log fetch'],
  [
    ['log', 'fetch', 'park.example.org', 'log', '--keys', story],
    '“park.example.org”',
    'https://park.example.org',
  ],
  [['log', 'fetch', 'file:///log', 'log', '--keys', story], '“file:///log”', 'https://park.example.org'],
  [['keys', 'fetch'], 'URL', 'twinpark keys fetch https://'],
  [['keys', 'fetch', 'https://park.example.org', 'park'], '“park”', 'twinpark keys fetch https://'],
];

describe('wrong usage', () => {
  it.each(wrong)('%j names what is wrong and what to write instead', async (argv, named, offered) => {
    const { code, out, err } = await call(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(named);
    const offer = err.split('\n').filter((line) => line.startsWith('  Write, for example: '));
    expect(offer.join('\n')).toContain(offered);
    expect(err).not.toMatch(/^ +at |Error:|\{\w+\}/m);
  });

  it.each(['zh-Hans', 'zh-Hant'])('is explained in %s as well', async (language) => {
    const marks = { 'zh-Hans': '可以这样写：', 'zh-Hant': '可以這樣寫：' }[language] ?? '';
    for (const [argv] of wrong.filter(([written]) => !written.includes('--lang'))) {
      const { code, err } = await call([...argv, '--lang', language]);
      expect(code, argv.join(' ')).toBe(2);
      expect(err).toContain(marks);
      expect(err).not.toMatch(/This|There|Write, for example|\{\w+\}/);
    }
  });

  it('lists all faults at once', async () => {
    const { err } = await call([...clock, '--park', 'x', '--from', 'y', '--days', 'z', '--stop', 'w']);
    for (const name of ['--park:', '--from:', '--days:', '--stop:']) expect(err).toContain(name);
  });

  it.each([
    [
      ['clock', 'due', '--zone', 'nowhere', '--park', 'x', '--from', 'y', 'now'],
      ['--days:', 'now:', '--zone:', '--from:'],
    ],
    [
      [...clock, '--park', 'x', '--from', 'y', '--dais', '3', '--stop', 'w'],
      ['--dais:', '--park:', '--from:', '--stop:'],
    ],
    [
      [...plan, 'x', '--from', 'y', '--answers', 'z', '--json=1'],
      ['--json:', 'JOURNEY:', '--from:', '--answers:'],
    ],
    [
      ['dossier', 'simulate', 'x', 'y', '--zone', 'nowhere'],
      ['y:', '--zone:', 'FILE:'],
    ],
    [
      ['zone', 'check', 'nowhere', 'y', '--zone', 'x'],
      ['--zone:', 'y:', 'nowhere:'],
    ],
  ])('lists what is lacking, misspelt, unusable and not there at once for %j', async (argv, named) => {
    const { err } = await call(argv);
    expect(err.match(/^\S+:(?= )/gm)?.filter((start) => start !== 'See:')).toEqual(named);
  });

  it('shows no control characters back', async () => {
    const { err } = await call([...clock, '--park', '\u001b[31mred', '--from', '2026-06-01', '--days', '3']);
    expect(err).toContain('red');
    expect(err).not.toContain('\u001b');
  });
});

describe('a zone pack with faults', () => {
  it('is not used: the first faults are shown, and how to see all', async () => {
    const zone = join(fixtures, 'broken-zone');
    const argv = ['clock', 'due', '--zone', zone, '--park', 'x', '--from', '2026-06-01', '--days', '3'];
    const { code, out, err } = await call(argv);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('has 5 faults');
    expect(err).toMatch(/zone\.yaml:2:1 missing-field/);
    expect(err).toContain(`twinpark zone check ${zone}`);
  });
});

describe('JSON', () => {
  const program = async (argv: readonly string[], now?: string) => {
    const { code, out, err } = await call([...argv, '--json'], now === undefined ? {} : { now });
    expect(err).not.toBe('');
    return { code, ...JSON.parse(out) };
  };

  it('says what is wrong with the arguments', async () => {
    expect(await program([...clock, '--park', 'north', '--from', '2026-02-30'])).toEqual({
      code: 2,
      ok: false,
      faults: [
        expect.objectContaining({ argument: '--days', example: '--days 10' }),
        expect.objectContaining({ argument: '--from', reason: expect.stringContaining('2026-02-30') }),
      ],
    });
  });

  it('says all that is wrong with a zone pack or a file that was read', async () => {
    const broken = join(fixtures, 'broken-zone');
    const zone = await program(['journey', 'plan', 'x', '--zone', broken]);
    expect({ code: zone.code, ok: zone.ok, count: zone.problems.length }).toEqual({
      code: 1,
      ok: false,
      count: 5,
    });
    const answers = join(fixtures, 'answers-with-faults.yaml');
    const file = await program([...plan, 'open-a-laboratory', '--answers', answers]);
    expect(file).toMatchObject({ code: 1, ok: false });
    expect(file.problems[0]).toEqual({
      path: answers,
      line: expect.any(Number),
      column: expect.any(Number),
      code: expect.any(String),
      message: expect.any(String),
      parameters: expect.any(Object),
    });
  });

  it('tells a fault of the program, too', async () => {
    const { code, ok, bug } = await program([...plan, 'open-a-laboratory'], 'no instant');
    expect({ code, ok }).toEqual({ code: 70, ok: false });
    expect(bug).toContain('a fault of its own');
  });
});

describe('colour', () => {
  const argv = ['help'];

  it('is used on a terminal that has it', async () => {
    const { out } = await call(argv, { isTty: true, env: { TERM: 'xterm-256color' } });
    expect(out).toContain('\u001b[1m');
  });

  it('is left out when NO_COLOR is set or the output goes elsewhere', async () => {
    const without = await call(argv, { isTty: true, env: { TERM: 'xterm-256color', NO_COLOR: '1' } });
    expect(without.out).not.toContain('\u001b');
    expect((await call(argv)).out).not.toContain('\u001b');
    const forced = { TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '1' };
    expect((await call(argv, { isTty: true, env: forced })).out).not.toContain('\u001b');
  });
});

describe('a fault of the program itself', () => {
  const argv = [...plan, 'open-a-laboratory'];

  it('is one plain line that says so, without a stack', async () => {
    const { code, out, err } = await call(argv, { now: 'no instant' });
    expect({ code, out }).toEqual({ code: 70, out: '' });
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('a fault of its own');
    expect(err).toContain('TWINPARK_DEBUG=1');
  });

  it('shows the stack to whoever asks for it', async () => {
    const { code, err } = await call(argv, { now: 'no instant', env: { TWINPARK_DEBUG: '1' } });
    expect(code).toBe(70);
    expect(err).toMatch(/^ +at /m);
  });
});
