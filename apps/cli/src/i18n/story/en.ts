import type { Words } from '../en.ts';

/** The words of a scripted dossier and of the demo in English. */
export const en = {
  story: {
    journey: 'Journey: {journey}. Zone: {zone}.',
    dated: '{date} {weekday}',
    begins: 'It begins on {date}.',
    invented:
      'The applicant, {name}, is invented, and so are all people, numbers and papers of the story. The authorities are those that the rules name; none of them took part, and what they do here is made up too.',
    gaps: 'What each side lacks at first',
    chapter: '{number}. {title}',
    act: '{who}: {what}',
    officer: '{organization} (officer {number})',
    answers: 'Written once in the dossier: {given}',
    worksHere: 'works',
    owedUntil: '{paper}, by {date}',
    clock: 'Clock: due on {date}, {left}[ (limit: {doubt})]',
    clockStopped: 'Clock stopped since {since}: it is the applicant’s turn',
    clockProcedure: 'Clock stopped since {since}: {procedure}',
    supplementDue: 'The applicant has until {date}',
    noClock: 'No time limit is established here',
    daysLeft: { one: '{count} day left', other: '{count} days left' },
    workingDaysLeft: { one: '{count} working day left', other: '{count} working days left' },
    lastDay: 'this is the last day',
    overdue: 'which has passed',
    provisional: '(provisional)',
    kept: 'In time: due on {date}',
    missed: 'Too late: it was due on {date}',
    refusedAct: '{who} wants to {action}. Refused.',
    clause: 'Clause: {clause}',
    tableRow: 'The table says, for “{row}”: {explanation}',
    drift: 'The filing no longer says what the dossier says. {field}: filed {filed}, now {current}.',
    driftNone: 'nothing',
    mended: 'Every filing says again what the dossier says.',
    unexpected: 'This should have come out otherwise: {expectation}.',
    expectedRefusal: 'it should have been refused ({code})',
    expectedAcceptance: 'it should have been accepted',
    unexpectedCount: {
      one: 'One act came out otherwise than it should.',
      other: '{count} acts came out otherwise than they should.',
    },
    outcomeMissed: '{service}: the case did not end as it should.',
    end: 'How it stands at the end',
    endDecision: 'decision: {outcome}',
    endConditions: 'conditions: {conditions}',
    endKept: 'decided on {on}, due on {due}: kept',
    endMissed: 'decided on {on}, due on {due}: missed',
    endNoLimit: 'decided on {on}; no time limit is established',
    endDue: 'not decided yet, due on {due}',
    endOverdue: 'not decided, was due on {due}: missed',
    endStopped: 'not decided yet, clock stopped since {since}',
    endOpen: 'not decided yet; no time limit is established',
    endOwed: 'still owed: {owed}',
    endReceipt: 'number {number}',
    endRemedy: 'remedy: {remedy} ({body}), until {until}',
    endRemedyOpen: 'remedy: {remedy} ({body}); no time limit is established',
    endMissing: 'What is still missing',
    endNothingMissing: 'Nothing is missing any more.',
  },
  demo: {
    shown: 'What this showed',
    once: 'One dossier with {facts} answers and {papers} papers, each given once, became {cases} cases on two sides.',
    joint: {
      one: 'In {count} joint step both sides answered, and each decided its own case by its own table.',
      other: 'In {count} joint steps both sides answered, and each decided its own cases by its own tables.',
    },
    stopped: {
      one: 'A clock stood for {count} day while the applicant supplied what was asked for.',
      other: 'Clocks stood for {count} days while the applicant supplied what was asked for.',
    },
    oneSided: {
      one: 'On {count} day of the story only one side worked; the clocks know which.',
      other: 'On {count} days of the story only one side worked; the clocks know which.',
    },
    refused: {
      one: '{count} act was refused, with the reason, what to do, and the clause where one is established.',
      other:
        '{count} acts were refused, with the reason, what to do, and the clause where one is established.',
    },
    drifted: {
      one: 'An answer that changed later left {count} filing behind; it was noticed at once and mended.',
      other: 'Answers that changed later left {count} filings behind; it was noticed at once and mended.',
    },
    illustrative:
      'What the zone pack marks as an example is an example here too, and what the public sources leave open is said to be open.',
    next: 'One of its clocks, day by day:',
    again: 'The story is a file. Change it and run it again:',
    failed: 'The story did not come out as it should.',
  },
} as const;

/** What every language must say of a story; the names come from the English words. */
export type StoryWords = Words<typeof en>;
