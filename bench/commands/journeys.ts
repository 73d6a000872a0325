/** Runs journeys of six durable steps, one after another or many at once. */
export interface JourneyRunner {
  readonly name: string;
  /** One journey; told how long each step took until it was durable. Unit: milliseconds. */
  run(onStep: (milliseconds: number) => void): Promise<void>;
  close(): Promise<void>;
}

export interface Measured {
  readonly stepsPerSecond: number;
  /** Unit: milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

/** Keeps a number of journeys in flight for some seconds. */
export async function measure(runner: JourneyRunner, inFlight: number, seconds: number): Promise<Measured> {
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1_000;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) await runner.run((milliseconds) => times.push(milliseconds));
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const passed = performance.now() - began;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { stepsPerSecond: (times.length / passed) * 1_000, p50: at(0.5), p95: at(0.95) };
}
