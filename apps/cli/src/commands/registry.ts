import { clockDue } from './clock/due.ts';
import type { Command } from './command.ts';
import { demo } from './demo/demo.ts';
import { dossierSimulate } from './dossier/simulate.ts';
import { journeyPlan } from './journey/plan.ts';
import { keysFetch } from './keys/fetch.ts';
import { keysMake } from './keys/make.ts';
import { logFetch } from './log/fetch.ts';
import { logVerify } from './log/verify.ts';
import { receiptVerify } from './receipt/verify.ts';
import { start } from './start/start.ts';
import { zoneCheck } from './zone/check.ts';

/** In the order in which the help lists them. */
export const commands: readonly Command[] = [
  start,
  demo,
  journeyPlan,
  clockDue,
  dossierSimulate,
  zoneCheck,
  receiptVerify,
  logVerify,
  logFetch,
  keysFetch,
  keysMake,
];
