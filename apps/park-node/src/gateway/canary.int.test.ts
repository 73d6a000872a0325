import { randomUUID } from 'node:crypto';
import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getDossier } from '@twinpark/contract/dossier/dossiers.ts';
import { fileStep, previewFiling } from '@twinpark/contract/dossier/steps.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesNaming, rowsNaming } from '../testing/canaries.ts';
import { aDossier, withPaper } from '../testing/dossiers.ts';
import type { TestClient } from '../testing/test-client.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';

/** A secret for each thing that nothing declares for the other side, in a form that its field takes. */
const secrets = {
  dossierTitle: `title-${randomUUID()}`,
  headcount: 918_273,
  budget: 7_465_738_291,
  email: `mail-${randomUUID()}@reed.example`,
  undeclaredPaper: `paper-${randomUUID()}`,
  undeclaredPaperName: `plan-${randomUUID()}.pdf`,
  proposalReason: `between-officers-${randomUUID()}`,
};
/** What is declared, and so has to be found on the other side: else this test would look in the wrong place. */
const declared = { teamName: `team-${randomUUID()}`, paper: `concept-${randomUUID()}` };

let parks: TwoParks;
const logged: string[] = [];
beforeAll(async () => {
  const logStream = { write: (line: string) => void logged.push(line) };
  parks = await startTwoParks({ jobs: true, keepWire: true, config: { logLevel: 'debug' }, logStream });
});
afterAll(async () => await parks.stop());

describe('what no service declares', () => {
  it('is nowhere on the wire and nowhere on the other side, after a dossier has been through both parks', async () => {
    const applicant = await parks.north.as('applicant', 'Reed Institute');
    const dossierId = await aDossierFullOfSecrets(applicant);
    const north = await file(applicant, dossierId, 'north-laboratory-permit');
    const south = await file(applicant, dossierId, 'south-laboratory-permit');
    const officers = {
      north: await parks.north.as('officer', 'north-office'),
      second: await parks.north.as('supervisor', 'north-office'),
      south: await parks.south.as('officer', 'south-office'),
    };
    await expect
      .poll(async () => (await officers.south.call(getCase, { params: { caseId: south } })).status, waiting)
      .toBe(200);
    const { acceptCase, completeStep, contribute, proposeDecision, returnProposal, decideCase } =
      commandEndpoints;
    await officers.north.get(acceptCase, { params: { caseId: north }, body: {} });
    await officers.south.get(acceptCase, { params: { caseId: south }, body: {} });
    await officers.north.get(completeStep, {
      params: { caseId: north },
      body: { step: 'technical-review', result: 'passed' },
    });
    for (const [officer, caseId] of [
      [officers.north, north],
      [officers.south, south],
    ] as const) {
      await officer.get(contribute, { params: { caseId }, body: { step: 'safety-panel', answer: 'yes' } });
    }
    await concluded(officers.north, north);
    await concluded(officers.south, south);
    await officers.north.get(proposeDecision, {
      params: { caseId: north },
      body: { outcome: 'refused', reasons: [secrets.proposalReason] },
    });
    await officers.second.get(returnProposal, {
      params: { caseId: north },
      body: { reason: secrets.proposalReason },
    });
    await officers.south.get(decideCase, { params: { caseId: south }, body: { outcome: 'granted' } });
    await expect
      .poll(async () => {
        const { steps } = await applicant.get(getDossier, { params: { dossierId } });
        return steps.find(({ step }) => step === 'south-laboratory-permit')?.filing?.status;
      }, waiting)
      .toBe('decided');

    const wire = Buffer.concat([parks.links.fromNorth, parks.links.fromSouth].flatMap((link) => link.wire));
    const southFolder = parks.south.services.config.dataFolder;
    expect(wire.includes(declared.teamName)).toBe(true);
    await expect.poll(() => filesNaming(southFolder, declared.paper), waiting).toHaveLength(1);
    expect(await rowsNaming(parks.south, [declared.teamName])).not.toEqual([]);
    for (const [name, value] of Object.entries(secrets)) {
      const secret = String(value);
      expect({ name, wire: wire.includes(secret) }).toEqual({ name, wire: false });
      expect({ name, rows: await rowsNaming(parks.south, [secret]) }).toEqual({ name, rows: [] });
      expect({ name, files: filesNaming(southFolder, secret) }).toEqual({ name, files: [] });
      expect({ name, log: logged.filter((line) => line.includes(secret)) }).toEqual({ name, log: [] });
      // It was there to be found.
      const held = [
        ...(await rowsNaming(parks.north, [secret])),
        ...filesNaming(parks.north.services.config.dataFolder, secret),
      ];
      expect({ name, held: held.length }).not.toEqual({ name, held: 0 });
    }
  });
});

const waiting = { timeout: 20_000 };

async function concluded(officer: TestClient, caseId: string): Promise<void> {
  await expect
    .poll(async () => {
      const { steps } = await officer.get(getCase, { params: { caseId } });
      return steps.find(({ joint }) => joint !== null)?.joint?.consequence;
    }, waiting)
    .toBe('adopt');
}

async function aDossierFullOfSecrets(applicant: TestClient): Promise<string> {
  const { dossierId } = await aDossier(
    applicant,
    {
      'team.name': declared.teamName,
      'team.headcount': secrets.headcount,
      'laboratory.kind': 'wet',
      'laboratory.budget': secrets.budget,
      'laboratory.opensOn': '2027-01-04',
      'contact.email': secrets.email,
    },
    secrets.dossierTitle,
  );
  const papers = [
    { type: 'safety-concept', text: declared.paper, name: 'safety.pdf' },
    { type: 'floor-plan', text: secrets.undeclaredPaper, name: secrets.undeclaredPaperName },
  ];
  for (const { type, text, name } of papers) {
    const content = `%PDF-1.4\n% ${text}\n%%EOF\n`;
    await parks.north.services.evidenceStore.put(Buffer.from(content));
    await withPaper(parks.north, applicant, dossierId, type, content, name);
  }
  return dossierId;
}

async function file(applicant: TestClient, dossierId: string, step: string): Promise<string> {
  const params = { dossierId, step };
  const { version, crossing } = await applicant.get(previewFiling, { params });
  const agreement = crossing === null ? {} : { agreement: { digest: crossing.digest } };
  const { caseId } = await applicant.get(fileStep, { params, body: { version, ...agreement } });
  return caseId;
}
