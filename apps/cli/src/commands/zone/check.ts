import { checkPack } from '@twinpark/pack/check.ts';
import { compileZone } from '@twinpark/pack/compile.ts';
import { readPackFolder } from '@twinpark/pack/disk.ts';
import type { PackSource } from '@twinpark/pack/source.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import { wrongUsage } from '../../faults.ts';
import { fill, type Messages, plural } from '../../i18n/messages.ts';
import { done, json, type Outcome } from '../../outcome.ts';
import { describeProblems, problemLines } from '../../render/problems.ts';
import { wrap } from '../../render/width.ts';
import { type Command, type Input, nameOf, type Session } from '../command.ts';
import { missingFolder, zoneFolder } from '../open-zone.ts';
import { checkExamples } from './examples.ts';

/** Checks a zone pack and lists every fault with its place. */
export const zoneCheck: Command = {
  words: ['zone', 'check'],
  summary: (m) => m.commands.zoneCheck,
  operands: [{ value: 'folder', required: false, example: 'zone/NAME' }],
  options: [{ name: 'json', about: (m) => m.options.json }],
  examples: ['twinpark zone check', 'twinpark zone check --json'],
  run,
};

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, terminal } = session;
  const folder = await zoneFolder(input.operands[0], session);
  const argument = input.operands[0] ?? m.values.folder;
  const example = 'twinpark zone check zone/NAME';
  const sources = folder === null ? [] : await readPackFolder(folder.path);
  const reason = folder === null ? m.faults.noDefaultZone : missingFolder(sources, folder, session);
  // An empty word names no folder, which has been said already.
  const missing = reason === null || argument === '' ? [] : [{ argument, reason, example }];
  const faults = [...input.faults, ...missing];
  if (folder === null || faults.length > 0) return wrongUsage(nameOf(zoneCheck), faults, m);
  const { problems: own, pack } = checkPack(sources);
  // Examples are run against the content, so they are looked at once that holds together.
  const examples = pack ? await checkExamples(folder.path, compileZone(pack)) : null;
  const problems = [...own, ...(examples?.problems ?? [])];
  const counts = { ...countsOf(sources, pack), ...(examples && { examples: examples.count }) };
  const code = problems.length > 0 ? 1 : 0;
  if (input.flags.has('json')) {
    return json({ ok: code === 0, problems: describeProblems(problems, m), counts }, code);
  }
  if (code === 1) {
    const lines = [...problemLines(problems, folder.shown, m), plural(m.problems.found, problems.length)];
    return done(`${lines.join('\n')}\n`, code);
  }
  const summary = fill(m.problems.clean, { path: folder.shown, counts: countsInWords(counts, m) });
  return done(`${wrap(summary, terminal.width).join('\n')}\n`);
}

type Counts = Readonly<Partial<Record<keyof Messages['counts'], number>>>;

/** What was read. The records of a pack that does not hold together are not counted: some could not be read. */
function countsOf(sources: readonly PackSource[], pack: object | null): Counts {
  const collections = Object.entries(pack ?? {}).flatMap(([name, records]) =>
    records instanceof Map ? [[name, records.size]] : [],
  );
  return { files: sources.length, ...Object.fromEntries(collections) };
}

function countsInWords(counts: Counts, m: Messages): string {
  const names = Object.keys(counts) as (keyof Counts)[];
  const words = names.flatMap((name) => {
    const count = counts[name] ?? 0;
    return count > 0 ? [plural(m.counts[name], count)] : [];
  });
  return listOf(m, words);
}
