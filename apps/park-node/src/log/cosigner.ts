import type { Services } from '../services.ts';
import { type Asked, askForCosignature, type WitnessClientOptions } from './witness-client.ts';

/** Has the other park cosign the log whenever it has grown. */
export interface Cosigner {
  /** The log has grown, or may have. */
  nudge(): void;
  /** Lets a question that is under way come to its end. */
  stop(): Promise<void>;
}

export interface CosignerOptions extends WitnessClientOptions {
  /** Least time between two questions. Unit: milliseconds. */
  readonly pause?: number;
  /** Longest time between two while the other park is away. Unit: milliseconds. */
  readonly longestPause?: number;
}

/**
 * One question at a time and about one a second, always about the newest checkpoint. While the other park does not
 * answer, pauses double; when it is back, one question catches up with everything.
 */
export function startCosigner(services: Services, options: CosignerOptions): Cosigner {
  const { pause = 1_000, longestPause = 300_000 } = options;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isStopped = false;
  let failures = 0;

  const schedule = (milliseconds: number): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      timer = null;
      isWanted = false;
      running = ask().then((asked) => {
        running = null;
        failures = asked === 'cosigned' ? 0 : failures + 1;
        if (failures > 0) schedule(Math.min(longestPause, pause * 2 ** Math.min(failures, 20)));
        else if (isWanted) schedule(pause);
      });
    }, milliseconds);
    timer.unref();
  };
  const ask = async (): Promise<Asked> => {
    try {
      return await askForCosignature(services, options);
    } catch (error) {
      services.logger.error({ err: error }, 'The other park could not be asked to cosign the log');
      return 'failed';
    }
  };
  return {
    nudge: () => {
      isWanted = true;
      if (timer === null && running === null) schedule(pause);
    },
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
