import { Converter } from 'opencc-js/t2cn';

/**
 * Text search that finds 臨床, 临床 and clinical alike: everything is brought to one script and to lower case, Latin is
 * cut into words, and Chinese, which has no spaces, into every pair of neighbouring characters.
 */
const simplify = Converter({ from: 'hk', to: 'cn' });

/** Far apart enough that no phrase runs from one text into the next. */
const gap = 100;
/** Positions and lexemes that PostgreSQL takes (chapter 12.11). */
const lastPosition = 16_383;
const longestWord = 64;
const mostQueryWords = 40;

/** What the index knows of a case besides its words, so that it can itself keep a search to one desk or service. */
export interface SearchMarks {
  readonly service: string;
  /** Organisations on whose desk the case lies or may come to lie. */
  readonly desks: readonly string[];
}

/** Searchable words of several texts, as the text form of a `tsvector`. */
export function searchVector(texts: readonly string[], { service, desks }: SearchMarks): string {
  const positions = new Map<string, number[]>();
  let next = 1;
  for (const text of texts) {
    for (const { words } of runsOf(text)) {
      for (const word of words) {
        const at = positions.get(word) ?? [];
        if (at.length < 50) at.push(Math.min(next, lastPosition));
        positions.set(word, at);
        next += 1;
      }
      // The last character of a run begins no pair, and is found on its own only if it stands by itself too.
      next += 1;
    }
    next += gap;
  }
  const words = [...positions].map(([word, at]) => `'${word}':${[...new Set(at)].join(',')}`);
  return [...words, serviceMark(service), ...new Set(desks.map(deskMark))].join(' ');
}

/** The word by which a case is found among those on a desk; no text yields such a word. */
export function deskMark(organization: string): string {
  return `'@${organization.replaceAll(/['\\]/g, '')}'`;
}

/** The word by which a case is found among those of a service; no text yields such a word. */
export function serviceMark(service: string): string {
  return `'#${service.replaceAll(/['\\]/g, '')}'`;
}

/** One word, or one run of Chinese, of what a person typed. */
export interface SearchTerm {
  /** The text form of a `tsquery`. */
  readonly query: string;
  /** The same for whole words alone. */
  readonly exact: string;
  /** Whether one of these texts holds it. */
  readonly isIn: (texts: readonly string[]) => boolean;
}

/**
 * What a person typed, term by term: all of them must be there, whole but for the last, whose end may still be missing,
 * and Chinese characters must stand together.
 */
export function searchTerms(text: string): readonly SearchTerm[] {
  const runs = runsOf(text).slice(0, mostQueryWords);
  return runs.map(({ script, words }, index) => {
    const isLast = index === runs.length - 1;
    const query =
      script === 'han' ? hanQuery(words) : words.map((word) => latinQuery(word, isLast)).join(' & ');
    const isIn = (texts: readonly string[]) => texts.some((other) => holds(other, script, words));
    return { query, exact: query.replaceAll("':*", "'"), isIn };
  });
}

function hanQuery(words: readonly string[]): string {
  const pairs = words.filter((word) => [...word].length === 2);
  // A single character is the beginning of a pair, or the end of a run.
  if (pairs.length === 0) return words.map((word) => `'${word}':*`).join(' & ');
  return `(${pairs.map((word) => `'${word}'`).join(' <-> ')})`;
}

/** So many words begin with one letter, and so many numbers with a few digits, that only the whole is meant. */
function latinQuery(word: string, isLast: boolean): string {
  const mayLackEnd = isLast && word.length >= (/^\p{N}+$/u.test(word) ? 4 : 2);
  return `'${word}'${mayLackEnd ? ':*' : ''}`;
}

function holds(text: string, script: Run['script'], words: readonly string[]): boolean {
  if (script === 'han') return foldText(text).includes(words.map((word) => [...word][0]).join(''));
  const there = runsOf(text).flatMap((run) => run.words);
  return words.every((word) => there.some((other) => other.startsWith(word)));
}

/** A text as it is compared: in one script, in lower case, in one form of each character. */
export function foldText(text: string): string {
  return simplify(text.normalize('NFKC')).toLowerCase();
}

interface Run {
  readonly script: 'latin' | 'han';
  readonly words: readonly string[];
}

function runsOf(text: string): readonly Run[] {
  return [...foldText(text).matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)].flatMap(([run]): Run[] => {
    if (!/\p{Script=Han}/u.test(run)) return [{ script: 'latin', words: [run.slice(0, longestWord)] }];
    return [...run.matchAll(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)].map(([piece]) =>
      /\p{Script=Han}/u.test(piece)
        ? { script: 'han', words: pairsOf([...piece]) }
        : { script: 'latin', words: [piece.slice(0, longestWord)] },
    );
  });
}

/** Every pair of neighbours, and the last character alone, so that a search for it finds it too. */
function pairsOf(characters: readonly string[]): readonly string[] {
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}
