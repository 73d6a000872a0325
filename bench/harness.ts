/** One thing measured: the same kind of work done in several ways. */
export interface BenchPart {
  readonly title: string;
  /** What one operation is, in the plural. */
  readonly unit: string;
  /** Operations that one call of a contender's `run` performs. */
  readonly operations: number;
  /** Other counts of the same run, whose rates are printed too. */
  readonly also?: readonly { readonly unit: string; readonly operations: number }[];
  /** Ratios are against the first, which is the kernel where there are peers. */
  readonly contenders: readonly Contender[];
  /** What the figures rest on: where the data comes from, and on what the contenders were found to agree. */
  readonly notes: readonly string[];
}

export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

/** Odd, so that the median is a round that was run. */
const rounds = 5;
const leastRoundMilliseconds = 300;

/** Runs the contenders in turn, round after round, so that a slow minute of the machine falls on all; prints medians. */
export function report({ title, unit, operations, also = [], contenders, notes }: BenchPart): void {
  for (const { run } of contenders) run();
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    contenders.forEach(({ run }, place) => {
      times[place]?.push(timeOf(run));
    });
  }
  const [firstTime = 0] = times.map(median);
  console.log(`\n${title}`);
  for (const note of notes) console.log(`  ${note}`);
  console.log(
    `  ${rounds} interleaved rounds of ${operations.toLocaleString('en')} ${unit}, Node ${process.version}\n`,
  );
  const rows = contenders.map(({ name }, place) => {
    const all = times[place] ?? [];
    const ratio = median(all) / firstTime;
    const rates = [median(all), Math.max(...all), Math.min(...all)].map((time) =>
      perSecond(operations, time),
    );
    const others = also.map((other) => perSecond(other.operations, median(all)));
    return [name, ...rates, ...others, ratio.toFixed(ratio < 10 ? 2 : 0)];
  });
  const others = also.map((other) => `${other.unit} / s`);
  printTable([['', `${unit} / s`, 'slowest', 'fastest', ...others, 'time, first = 1'], ...rows]);
}

/** Milliseconds of one run; a short one is repeated, so that a pause to collect garbage does not decide the round. */
function timeOf(run: () => unknown): number {
  const began = performance.now();
  let runs = 0;
  let passed = 0;
  while (passed < leastRoundMilliseconds) {
    run();
    runs += 1;
    passed = performance.now() - began;
  }
  return passed / runs;
}

/** Text to the left in the first column, figures to the right in the others. */
function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const [name = '', ...figures] of rows) {
    const cells = figures.map((figure, place) => figure.padStart(widths[place + 1] ?? 0));
    console.log(`  ${[name.padEnd(widths[0] ?? 0), ...cells].join('   ')}`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function perSecond(operations: number, milliseconds: number): string {
  return Math.round((operations / milliseconds) * 1_000).toLocaleString('en');
}
