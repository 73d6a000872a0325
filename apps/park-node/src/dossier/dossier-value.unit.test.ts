import { describe, expect, it } from 'vitest';
import { asGiven, dossierOf, type FilingRow } from './dossier-value.ts';

const plan = { type: 'floor-plan', name: 'plan.pdf', digest: 'a'.repeat(64) };
const concept = { type: 'safety-concept', name: 'safety.pdf', digest: 'b'.repeat(64) };

const row = {
  dossierId: 'dossier-1',
  journey: 'open-a-laboratory',
  organizationId: 'lind',
  answers: { 'team.name': { value: 'Lind', since: '2026-06-01' } },
  evidence: {
    'floor-plan': { value: plan, since: '2026-06-02' },
    'safety-concept': { value: concept, since: '2026-06-03' },
  },
};

function filing(attempt: number, more: Partial<FilingRow> = {}): FilingRow {
  return {
    dossierId: 'dossier-1',
    step: 'permit',
    attempt,
    caseId: `case-${attempt}`,
    park: 'north',
    service: 'permit',
    filedOn: '2026-06-04',
    answers: {},
    evidence: {},
    status: 'filed',
    outcome: null,
    ...more,
  };
}

describe('A dossier from its rows', () => {
  it('knows of each step the newest filing, in whatever order the rows come', () => {
    const lapsed = filing(1, { status: 'lapsed' });
    const other = filing(1, { step: 'tenancy', caseId: 'case-3' });
    for (const filings of [
      [lapsed, filing(2), other],
      [filing(2), other, lapsed],
    ]) {
      expect(dossierOf(row, filings, new Set()).filings).toMatchObject({
        permit: { caseId: 'case-2', status: 'filed' },
        tenancy: { caseId: 'case-3' },
      });
    }
  });

  it('does not count a paper that its organisation has removed', () => {
    const { evidence } = dossierOf(row, [], new Set([plan.digest]));
    expect(Object.keys(evidence)).toEqual(['floor-plan']);
  });

  it('keeps what was put into it apart from what was filed from it', () => {
    expect(asGiven(row)).toMatchObject({ answers: row.answers, evidence: row.evidence, filings: {} });
  });
});
