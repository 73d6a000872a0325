import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import type { DossierStepView } from '@twinpark/contract/dossier/dossiers.ts';
import {
  addDossierEvidence,
  createDossier,
  getDossier,
  saveAnswers,
} from '@twinpark/contract/dossier/dossiers.ts';
import { fileStep, previewFiling } from '@twinpark/contract/dossier/steps.ts';
import { completeUpload, putPart, startUpload } from '@twinpark/contract/evidence/uploads.ts';
import type { CaseStatus } from '@twinpark/kernel/vocabulary.ts';
import { type Doors, type PersistentClient, signIn } from './persistent-client.ts';

export type Side = 'north' | 'south';
const otherSide: Readonly<Record<Side, Side>> = { north: 'south', south: 'north' };

/** What a client was told of one dossier over both parks. */
export interface CrossedDossier {
  readonly dossierId: string;
  readonly home: Side;
  /** By park: the case, and how it came out there. */
  readonly cases: Readonly<Record<Side, { readonly caseId: string; readonly status: CaseStatus }>>;
}

export interface CrossingLoad {
  /** Dossiers that were seen through to their end on both sides. */
  readonly finished: readonly CrossedDossier[];
  /** Waits until so many are finished. */
  reached(count: number): Promise<void>;
  /** Lets every client come to the end of the dossier it is at. */
  finish(): Promise<void>;
}

interface SideClients {
  readonly applicant: PersistentClient;
  readonly officer: PersistentClient;
  readonly supervisor: PersistentClient;
  /** A paper that every dossier of the applicant can hold. */
  readonly evidenceId: string;
}

const officeOf: Readonly<Record<Side, string>> = { north: 'north-office', south: 'south-office' };
const stepOf: Readonly<Record<Side, string>> = {
  north: 'north-laboratory-permit',
  south: 'south-laboratory-permit',
};

/**
 * Clients that each take one dossier after the other through both parks of the invented zone: the applicant files on
 * its own side and across, both sides accept, speak in the joint panel and decide; or it withdraws what it filed across.
 */
export async function startCrossingLoad(
  doors: Readonly<Record<Side, Doors>>,
  clients: number,
  secretOf: (count: number) => string = (count) => `Team ${count}`,
): Promise<CrossingLoad> {
  const sides: Readonly<Record<Side, SideClients>> = {
    north: await signInAll(doors.north, 'north'),
    south: await signInAll(doors.south, 'south'),
  };
  const finished: CrossedDossier[] = [];
  const failures: unknown[] = [];
  let finishing = false;
  let begun = 0;
  const work = Array.from({ length: clients }, async () => {
    while (!finishing) {
      begun += 1;
      finished.push(await seeThrough(sides, begun, secretOf(begun)));
    }
  });
  for (const each of work) each.catch((error: unknown) => failures.push(error));
  return {
    finished,
    reached: async (count) => {
      while (finished.length < count) {
        if (failures.length > 0) throw failures[0];
        await pause(5);
      }
    },
    finish: async () => {
      finishing = true;
      await Promise.all(work);
    },
  };
}

async function signInAll(doors: Doors, side: Side): Promise<SideClients> {
  const applicant = await signIn(doors, 'applicant');
  return {
    applicant,
    officer: await signIn(doors, 'officer', officeOf[side]),
    supervisor: await signIn(doors, 'supervisor', officeOf[side]),
    evidenceId: await upload(applicant, doors),
  };
}

const paper = Buffer.from('%PDF-1.4\n% What can go wrong in a laboratory, and what then.\n%%EOF\n');

async function upload(applicant: PersistentClient, doors: Doors): Promise<string> {
  const { uploadId } = await applicant.get(startUpload, {
    body: { name: 'safety.pdf', sizeBytes: paper.length },
  });
  const path = putPart.path.replace(':uploadId', uploadId).replace(':partNumber', '1');
  const response = await fetch(`${doors.url()}${path}`, {
    method: putPart.method,
    headers: {
      cookie: applicant.cookie,
      'content-type': 'application/octet-stream',
      'content-digest': `sha-256=:${createHash('sha256').update(paper).digest('base64')}:`,
    },
    body: paper,
  });
  if (!response.ok) throw new Error(await response.text());
  const { evidenceId } = await applicant.get(completeUpload, { params: { uploadId } });
  return evidenceId;
}

async function seeThrough(
  sides: Readonly<Record<Side, SideClients>>,
  count: number,
  name: string,
): Promise<CrossedDossier> {
  const home: Side = count % 2 === 0 ? 'north' : 'south';
  const away = otherSide[home];
  const { applicant, evidenceId } = sides[home];
  const { dossierId, version } = await applicant.get(createDossier, {
    body: { journey: 'open-a-laboratory', title: `Crossing ${count}`, language: 'en' },
  });
  const params = { dossierId };
  await applicant.get(saveAnswers, {
    params,
    body: {
      version,
      answers: {
        'team.name': name,
        'team.headcount': 5,
        'laboratory.kind': 'wet',
        'laboratory.opensOn': '2027-01-04',
      },
    },
  });
  for (const type of ['safety-concept', 'floor-plan']) {
    await applicant.get(addDossierEvidence, { params, body: { evidenceId, type } });
  }
  const cases = {
    [home]: await file(applicant, dossierId, stepOf[home]),
    [away]: await file(applicant, dossierId, stepOf[away]),
  } as Record<Side, string>;
  await arrival(sides[away].officer, cases[away]);
  const expected = await actOn(sides, cases, { home, count });
  const steps = await told(applicant, dossierId, {
    [stepOf.north]: expected.north,
    [stepOf.south]: expected.south,
  });
  const statusOf = (side: Side) => steps.get(stepOf[side])?.filing?.status ?? 'none';
  return {
    dossierId,
    home,
    cases: {
      north: { caseId: cases.north, status: statusOf('north') },
      south: { caseId: cases.south, status: statusOf('south') },
    },
  };
}

/** Agrees to exactly what the preview shows, and files. */
async function file(applicant: PersistentClient, dossierId: string, step: string): Promise<string> {
  const params = { dossierId, step };
  const { version, crossing } = await applicant.get(previewFiling, { params });
  const agreement = crossing === null ? {} : { agreement: { digest: crossing.digest } };
  const { caseId } = await applicant.get(fileStep, { params, body: { version, ...agreement } });
  return caseId;
}

/** One dossier in five is withdrawn on the other side, one in five refused in the south, the others granted on both. */
async function actOn(
  sides: Readonly<Record<Side, SideClients>>,
  cases: Readonly<Record<Side, string>>,
  { home, count }: { readonly home: Side; readonly count: number },
): Promise<Readonly<Record<Side, CaseStatus>>> {
  const away = otherSide[home];
  const southSaysNo = count % 5 === 1;
  const { withdrawCase, acceptCase, completeStep, contribute } = commandEndpoints;
  if (count % 5 === 0) {
    const { applicant } = sides[home];
    await until(`${cases[away]} is acknowledged`, async () => {
      const { act } = await applicant.get(getCase, { params: { caseId: cases[away] } });
      return act?.answer ?? null;
    });
    await applicant.get(withdrawCase, { params: { caseId: cases[away] }, body: {} });
    return { [home]: 'filed', [away]: 'withdrawn' } as Record<Side, CaseStatus>;
  }
  for (const side of ['north', 'south'] as const) {
    await sides[side].officer.get(acceptCase, { params: { caseId: cases[side] }, body: {} });
  }
  await sides.north.officer.get(completeStep, {
    params: { caseId: cases.north },
    body: { step: 'technical-review', result: 'passed' },
  });
  for (const side of ['north', 'south'] as const) {
    await sides[side].officer.get(contribute, {
      params: { caseId: cases[side] },
      body: { step: 'safety-panel', answer: side === 'south' && southSaysNo ? 'no' : 'yes' },
    });
  }
  await Promise.all([
    concluded(sides.north.officer, cases.north),
    concluded(sides.south.officer, cases.south),
  ]);
  await decide(sides, cases, southSaysNo);
  return { north: 'decided', south: 'decided' };
}

async function decide(
  sides: Readonly<Record<Side, SideClients>>,
  cases: Readonly<Record<Side, string>>,
  southSaysNo: boolean,
): Promise<void> {
  const { proposeDecision, approveDecision, decideCase } = commandEndpoints;
  const north = { params: { caseId: cases.north } };
  await sides.north.officer.get(proposeDecision, { ...north, body: { outcome: 'granted' } });
  await sides.north.supervisor.get(approveDecision, { ...north, body: {} });
  await sides.south.officer.get(decideCase, {
    params: { caseId: cases.south },
    body: southSaysNo ? { outcome: 'refused', reasons: ['No plan was given.'] } : { outcome: 'granted' },
  });
}

/** Unit: milliseconds. As long as a node may be killed again and again. */
const longestWait = 300_000;

async function until<Found>(what: string, find: () => Promise<Found | null>): Promise<Found> {
  const end = performance.now() + longestWait;
  for (;;) {
    const found = await find();
    if (found !== null) return found;
    if (performance.now() > end) throw new Error(`It never came to this: ${what}`);
    await pause(150 + Math.random() * 150);
  }
}

/** Waits until a case that was filed on the other side is on the officer's desk. */
async function arrival(officer: PersistentClient, caseId: string): Promise<void> {
  await until(`case ${caseId} arrives`, async () => {
    const found = await officer.call(getCase, { params: { caseId } });
    if (found.ok) return true;
    if (found.status !== 404) throw new Error(JSON.stringify(found.problem));
    return null;
  });
}

/** Waits until the panel has heard both sides. */
async function concluded(officer: PersistentClient, caseId: string): Promise<void> {
  await until(`the panel of ${caseId} concludes`, async () => {
    const { steps } = await officer.get(getCase, { params: { caseId } });
    return steps.find(({ joint }) => joint !== null)?.joint?.consequence ?? null;
  });
}

/** Waits until the applicant is told of these statuses. */
async function told(
  applicant: PersistentClient,
  dossierId: string,
  expected: Readonly<Record<string, CaseStatus>>,
): Promise<ReadonlyMap<string, DossierStepView>> {
  return await until(`dossier ${dossierId} is told of ${JSON.stringify(expected)}`, async () => {
    const { steps } = await applicant.get(getDossier, { params: { dossierId } });
    const byId = new Map(steps.map((step) => [step.step, step]));
    const isTold = Object.entries(expected).every(
      ([step, status]) => byId.get(step)?.filing?.status === status,
    );
    return isTold ? byId : null;
  });
}
