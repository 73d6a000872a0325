import type { Park } from '@twinpark/pack/zone.ts';

/** Language in which a park's authority writes to an applicant: the applicant's own where it acts in that, too. */
export function writingLanguage(wanted: string, { languages }: Pick<Park, 'languages'>): string {
  return languages.includes(wanted) ? wanted : (languages[0] ?? wanted);
}
