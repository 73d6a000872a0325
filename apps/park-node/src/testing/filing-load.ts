import { setTimeout as pause } from 'node:timers/promises';
import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { createDossier, saveAnswers } from '@twinpark/contract/dossier/dossiers.ts';
import { fileStep } from '@twinpark/contract/dossier/steps.ts';
import { type Doors, type PersistentClient, signIn } from './persistent-client.ts';

/** What the clients were told is done. */
export interface Acknowledged {
  /** Ids of dossiers that were begun. */
  readonly dossiers: string[];
  /** By case: the version that the last answer named. */
  readonly cases: Map<string, number>;
}

export interface FilingLoad {
  readonly acknowledged: Acknowledged;
  /** Requests that had to be repeated. */
  readonly repeated: () => number;
  /** Waits until that many more requests are answered. */
  progress(answers: number): Promise<void>;
  /** Lets every client come to the end of the case it is at. */
  finish(): Promise<void>;
}

/** What each finished case has been through, event by event. */
export const eventsOfFinishedCase = [
  'caseOpened',
  'caseFiled',
  'caseAccepted',
  'stepCompleted',
  'decisionProposed',
  'caseDecided',
];

/** Clients that each file one case after the other in the invented zone and see it through to its decision. */
export async function startFilingLoad(doors: Doors, clients: number): Promise<FilingLoad> {
  const applicant = await signIn(doors, 'applicant');
  const officer = await signIn(doors, 'officer', 'north-office');
  const supervisor = await signIn(doors, 'supervisor', 'north-office');
  const acknowledged: Acknowledged = { dossiers: [], cases: new Map() };
  let finishing = false;
  const desk = { applicant, officer, supervisor };
  const work = Array.from({ length: clients }, async () => {
    while (!finishing) {
      await seeThrough(desk, acknowledged);
      await pause(10);
    }
  });
  const failures: unknown[] = [];
  for (const each of work) each.catch((error) => failures.push(error));
  const answered = () => applicant.answered + officer.answered + supervisor.answered;
  return {
    acknowledged,
    progress: async (answers) => {
      const goal = answered() + answers;
      while (answered() < goal) {
        if (failures.length > 0) throw failures[0];
        await pause(2);
      }
    },
    repeated: () => applicant.repeated + officer.repeated + supervisor.repeated,
    finish: async () => {
      finishing = true;
      await Promise.all(work);
    },
  };
}

interface Desk {
  readonly applicant: PersistentClient;
  readonly officer: PersistentClient;
  readonly supervisor: PersistentClient;
}

async function seeThrough(
  { applicant, officer, supervisor }: Desk,
  acknowledged: Acknowledged,
): Promise<void> {
  const { dossierId, version } = await applicant.get(createDossier, {
    body: { journey: 'open-a-laboratory', title: 'Under load', language: 'en' },
  });
  acknowledged.dossiers.push(dossierId);
  const answered = await applicant.get(saveAnswers, {
    params: { dossierId },
    body: {
      version,
      answers: {
        'team.name': 'Lind',
        'team.headcount': 5,
        'laboratory.kind': 'dry',
        'laboratory.opensOn': '2027-01-04',
      },
    },
  });
  const { caseId, version: filed } = await applicant.get(fileStep, {
    params: { dossierId, step: 'north-laboratory-permit' },
    body: { version: answered.version },
  });
  acknowledged.cases.set(caseId, filed);
  const params = { caseId };
  const { acceptCase, completeStep, proposeDecision, approveDecision } = commandEndpoints;
  await officer.get(acceptCase, { params, body: {} });
  acknowledged.cases.set(caseId, filed + 1);
  await officer.get(completeStep, { params, body: { step: 'technical-review', result: 'passed' } });
  acknowledged.cases.set(caseId, filed + 2);
  await officer.get(proposeDecision, {
    params,
    body: { outcome: 'refused', reasons: ['No plan was given.'] },
  });
  acknowledged.cases.set(caseId, filed + 3);
  await supervisor.get(approveDecision, { params, body: {} });
  acknowledged.cases.set(caseId, filed + 4);
}
