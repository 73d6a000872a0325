import { nearest } from '../nearest.ts';

/** Looking for a near id costs a walk over all of them; a pack with more faults than this has another trouble than slips. */
const suggestionsGiven = 200;

/** Suggests what was meant, for as many words as a person would read. */
export function suggester(): (word: string, candidates: Iterable<string>) => string {
  let given = 0;
  return (word, candidates) => {
    given += 1;
    return given > suggestionsGiven ? '' : nearest(word, candidates);
  };
}
