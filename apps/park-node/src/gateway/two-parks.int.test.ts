import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getDossier } from '@twinpark/contract/dossier/dossiers.ts';
import { fileStep, previewFiling } from '@twinpark/contract/dossier/steps.ts';
import { listMessages } from '@twinpark/contract/gateway/traffic.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDossier, withPaper } from '../testing/dossiers.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';

let parks: TwoParks;
beforeAll(async () => {
  parks = await startTwoParks({ jobs: true });
});
afterAll(async () => await parks.stop());

const wetLaboratory = {
  'team.name': 'Lind',
  'team.headcount': 5,
  'laboratory.kind': 'wet',
  'laboratory.opensOn': '2027-01-04',
};

describe('an applicant of the north with a dossier over both parks', () => {
  it('files in the south, and both sides follow one case', async () => {
    const applicant = await parks.north.as('applicant', 'Lind Laboratories');
    const officer = await parks.south.as('officer', 'south-office');
    const { dossierId } = await aDossier(applicant, wetLaboratory);
    await withPaper(parks.north, applicant, dossierId, 'safety-concept');
    const params = { dossierId, step: 'south-laboratory-permit' };
    const preview = await applicant.get(previewFiling, { params });
    expect(preview.crossing).toMatchObject({
      toPark: 'south',
      fields: ['team.name', 'laboratory.opensOn'],
      papers: [{ type: 'safety-concept' }],
    });
    const { caseId } = await applicant.get(fileStep, {
      params,
      body: { version: preview.version, agreement: { digest: preview.crossing?.digest ?? '' } },
    });
    const operator = await parks.north.as('operator', 'north-operator');
    await expect
      .poll(async () => (await operator.get(listMessages, {})).items, { timeout: 10_000 })
      .toEqual([expect.objectContaining({ type: 'org.twinpark.filing.submitted', status: 'delivered' })]);
    const arrived = await officer.get(getCase, { params: { caseId } });
    expect(arrived).toMatchObject({ status: 'filed', applicant: { name: 'Lind Laboratories' } });
    await officer.get(commandEndpoints.acceptCase, { params: { caseId }, body: {} });
    await expect
      .poll(
        async () => {
          const { steps } = await applicant.get(getDossier, { params: { dossierId } });
          return steps.find(({ step }) => step === params.step)?.filing;
        },
        { timeout: 10_000 },
      )
      .toMatchObject({ status: 'inExamination', caseNumber: arrived.caseNumber, park: 'south' });
  });
});
