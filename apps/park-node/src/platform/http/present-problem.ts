import type { Language } from '@twinpark/contract/common.ts';
import type { MemberRole } from '@twinpark/contract/identity/roles.ts';
import { isNodeProblem, type ProblemBody, type ProblemCode, statusOf } from '@twinpark/contract/problem.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import { type Names, namesOf } from '@twinpark/pack/words/names.ts';
import { refusalInWords } from '@twinpark/pack/words/refusal.ts';
import { listOf, wordsIn } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import type { Problem } from './problem.ts';
import { httpTextsIn } from './problem-texts/http-texts.ts';

/** Puts a problem in words for a reader. `instance` is the id of the request. */
export type PresentProblem = (problem: Problem, language: Language, instance: string) => ProblemBody;

/** Presents problems with the names of a zone in place of its ids. */
export function problemPresenter(zone: Zone): PresentProblem {
  const names = new Map<Language, Names>();
  const namesIn = (language: Language): Names => {
    const known = names.get(language) ?? namesOf(zone, wordsIn[language]);
    names.set(language, known);
    return known;
  };
  return (problem, language, instance) => {
    const { code, facts, clause, errors } = problem;
    return {
      type: `/problems/${code}`,
      title: titleOf(code, language),
      status: statusOf(code),
      code,
      detail: detailOf(problem, language, namesIn),
      instance,
      raisedBy: 'node',
      clause: clause === null ? null : presentClause(clause),
      facts: { ...facts },
      errors: errors.map(({ pointer, detail }) => ({ pointer, detail })),
    };
  };
}

/** What a code means in general. */
export function titleOf(code: ProblemCode, language: Language): string {
  const { problems, refusals } = httpTextsIn[language];
  return isNodeProblem(code) ? problems[code].title : refusals[code];
}

function detailOf(
  { code, facts, service }: Problem,
  language: Language,
  namesIn: (language: Language) => Names,
): string {
  const words = wordsIn[language];
  const names = namesIn(language);
  if (isNodeProblem(code)) {
    return fillIn(httpTextsIn[language].problems[code].detail, inWords(facts, language, names));
  }
  if (service === null) return fillIn(words.law.refusals[code], inWords(facts, language, names));
  const refusal: Refusal = { code, clause: null, facts: facts as Refusal['facts'] };
  return refusalInWords(refusal, service, names, words);
}

/** Facts as a reader knows them: roles and things of the zone by their names, everything else as it is. */
function inWords(facts: Problem['facts'], language: Language, names: Names): Record<string, string> {
  const { roles } = httpTextsIn[language];
  const word = (name: string, value: string): string => {
    switch (name) {
      case 'roles':
        return Object.hasOwn(roles, value) ? roles[value as MemberRole] : value;
      case 'park':
        return names.park(value);
      case 'fact':
        return names.fact(value);
      case 'evidenceType':
        return names.evidence(value);
      default:
        return value;
    }
  };
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => {
        const values = Array.isArray(value) ? value : [value];
        return [
          name,
          listOf(
            { language },
            values.map((each) => word(name, String(each))),
          ),
        ];
      }),
  );
}

function presentClause({ seen, ...clause }: NonNullable<Problem['clause']>): ProblemBody['clause'] {
  return { ...clause, seen: [...seen] };
}
