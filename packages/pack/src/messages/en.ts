import type { ProblemCode } from '../problem-codes.ts';

/** Problems of a pack in English. A part in brackets is shown only where its parameters are known. */
export const en: Readonly<Record<ProblemCode, string>> = {
  'pack-empty':
    'This folder holds no .yaml file, so there is no pack to check. Give the folder of a zone pack.',
  'folder-missing': 'There is no folder “{folder}”. Check the path.',
  'not-a-folder': '“{folder}” is a file. A zone pack is a folder; give the folder instead.',
  'unreadable-file': 'This cannot be read ({reason}). Check that it still exists and that you may read it.',
  'not-a-regular-file': 'This is a pipe, socket or device. A pack holds plain files only; remove it.',
  'symbolic-link':
    'This is a symbolic link. A pack must hold its own files, so that what is reviewed is what is read; put the file itself here.',
  'wrong-extension':
    'The reader skips this file because of its name. Rename it to “{expected}” or remove it.',
  'file-too-large':
    'This file has {bytes} bytes; a pack file may have {limit}. Split it, or move data that is not reviewed by hand out of the pack.',
  'pack-too-large': 'The files of this folder together exceed {limit} bytes. Check that it is a zone pack.',
  'too-many-files': 'This folder holds more than {limit} files. Check that it is a zone pack.',
  'folders-too-deep': 'Folders lie more than {limit} levels deep here. Move these files further up.',
  'encoding-not-utf8':
    'This file is not UTF-8: byte {byte} does not fit.[ It looks like {encoding}.] Save it as UTF-8, or its text will be misread.',
  'byte-order-mark': 'The file begins with a byte order mark. Save it as UTF-8 without one.',
  'control-character':
    'The control character {character} stands here; nobody can see or review it. Delete it.',
  'hidden-character':
    'The invisible character {character} stands here; it can make text read otherwise than it is stored. Delete it.',
  'empty-file': 'This file holds nothing. Fill it or delete it.',
  'yaml-syntax': 'This is not valid YAML. Compare this line and the one before with a file that passes.',
  'yaml-indentation':
    'The indentation does not fit. Entries of one list or mapping begin in the same column, and what belongs to them stands further right.',
  'yaml-tab': 'A tab indents this line; YAML allows spaces only. Use two spaces for each level.',
  'yaml-unquoted-text':
    'This text needs quotes: it holds a colon with a space, or begins with a sign that means something in YAML. Put it in single quotes.',
  'yaml-unclosed': 'Something is missing here: a closing quote or bracket, or the colon after a key.',
  'yaml-escape':
    'A backslash in double quotes must form a known escape. Use single quotes, or write two backslashes.',
  'yaml-directive': 'A line that begins with % is a YAML directive. A pack file needs none; delete it.',
  'yaml-duplicate-key':
    'The key “{key}” appears here a second time; the first is on line {line}. Only one can count, so join or remove one.',
  'yaml-key-not-text': 'A key must be a plain word. Write it as “key: value”.',
  'yaml-anchor':
    'The anchor “&{name}” is not allowed. Reused blocks hide a value from its reviewer and can blow up a small file; write the value out.',
  'yaml-alias':
    'The alias “*{name}” is not allowed. Reused blocks hide a value from its reviewer and can blow up a small file; write the value out.',
  'yaml-tag':
    'The tag “{tag}” is not allowed; the schema says what a value is. Delete the tag, and use quotes for text.',
  'yaml-several-documents': 'A second YAML document begins here. Use one file for each.',
  'yaml-too-deep': 'Lists and mappings are nested more than {limit} deep here. No record needs that.',
  'not-a-mapping':
    'This file must be a mapping: names, each followed by a colon and what belongs to it, as in “services:” in a zone pack. Begin the file with such a name.',

  'missing-field': 'The field “{field}” is missing. Add it.',
  'unknown-field': 'There is no field “{field}” here.[ Did you mean “{suggestion}”?] Correct or remove it.',
  'no-value': 'The field “{field}” has no value. Give it one or remove the field.',
  'expected-text': 'Text is expected here. Put a number or a year in quotes.',
  'expected-number': 'A number is expected here, without quotes and unit.',
  'expected-whole-number': 'A whole number is expected here. Give a smaller unit instead of a fraction.',
  'expected-true-or-false': 'Only true or false can stand here, without quotes.',
  'expected-list': 'A list is expected here: one entry a line, each after a dash.',
  'expected-mapping': 'A mapping of fields and values is expected here.',
  'wrong-value':
    '“{value}” is not one of the words allowed here.[ Did you mean “{suggestion}”?] Allowed: {allowed}.',
  'bad-id':
    '“{value}” is not an id. Use lower-case letters and digits, joined by single hyphens, a letter first.',
  'bad-fact-id': '“{value}” is not the id of a fact. Name subject and property, as in “team.headcount”.',
  'bad-source-id': '“{value}” is not the id of a source. Use letters, digits and hyphens, a letter first.',
  'bad-system-id':
    '“{value}” is not the id of a system. Use one capital letter and two or three digits, as in “A07”.',
  'bad-currency': '“{value}” is not a currency code. Use the three capital letters of ISO 4217, as in “EUR”.',
  'bad-language-tag': '“{value}” is not a language tag. Use one such as “en” or “zh-Hant”.',
  'bad-date': '“{value}” is not a date. Write it as YYYY-MM-DD.',
  'bad-partial-date':
    '“{value}” is not a date. Write a day (2024-03-22), a month (2024-03) or a year in quotes.',
  'bad-format':
    '“{value}” does not have the form required here. See the description of the field in the schema.',
  'impossible-date': 'The calendar has no {value}. Correct the day or the month.',
  'unknown-currency': '“{value}” is not a currency of ISO 4217. Check the code.',
  'unknown-time-zone': '“{value}” is not a time zone. Use a name of the IANA database, as in “Europe/Paris”.',
  'empty-text': 'This text is empty. Write it, or remove the field where it may be absent.',
  'empty-list': 'This list needs at least one entry. Add one, or remove the field where it may be absent.',
  'text-too-long': 'This text is longer than {limit} characters. Shorten it.',
  'too-small': '{value} is too small; the least allowed is {limit}.',
  'too-big': '{value} is too big; the most allowed is {limit}.',
  'limit-zero':
    'A time limit of zero would pass before anybody can act. If the sources state none, write “notEstablished: true” instead of an amount.',
  'not-two-parks': 'A zone has two parks; here there are {count}.',

  'duplicate-id':
    'The id “{id}” is used twice; first in {file}, line {line}. References could mean either, so rename or remove one.',
  'unknown-reference':
    'No record of “{collection}” has the id “{id}”.[ Did you mean “{suggestion}”?] Correct the id or add the record.',
  'zone-missing': 'No file says which zone this is. Add a “zone” with its name, languages and two parks.',
  'zone-twice': 'The zone is described twice; first in {file}, line {line}. Keep one description.',
  'wrong-park': '“{id}” belongs to the park “{park}”, but “{expected}” is meant here. Name one of that park.',
  'parks-look-alike':
    'Both parks use “{value}”, so nobody could tell them apart on a screen. Give each its own.',

  'language-missing': 'This text is missing in: {languages}. Write it for those readers too.',
  'language-undeclared': 'The zone does not declare the language “{language}”. Declared: {declared}.',
  'simplified-in-traditional':
    'The simplified character {character} stands in the text for {language}.[ The traditional form is {form}.]',
  'traditional-in-simplified':
    'The traditional character {character} stands in the text for {language}.[ The simplified form is {form}.]',

  'source-missing':
    'Nothing says where this comes from. Name the instrument that sets it or the source documents in which it was seen. What is commonly known is unverified and says so in a note; what is made up is illustrative.',
  'clock-without-clause':
    'A time limit without a clause binds nobody. Name the article, write “clause: not established”, or mark the limit illustrative.',
  'fee-without-clause':
    'A fee needs the clause that allows it. Name the article, write “clause: not established”, or mark the fee illustrative.',
  'criterion-without-clause':
    'A criterion needs the clause that sets it. Name the article, write “clause: not established”, or mark it illustrative.',
  'remedy-without-clause':
    'A remedy needs the clause that gives it. Name the article, write “clause: not established”, or mark it illustrative.',
  'four-eyes-without-clause':
    'The rule of two officers needs the clause that asks for it. Name the article, write “clause: not established”, or mark it illustrative.',
  'debt-without-clause':
    'Accepting with a paper still owed needs the clause that allows it. Name the article, write “clause: not established”, or mark it illustrative.',
  'verified-without-clause':
    'This rule is marked verified without both an instrument and its clause. Name them, or mark the rule unverified.',
  'expired-instrument':
    'This rests on “{instrument}”, which ended on {ended}, yet it has no end itself. Give it an end date or cite what replaced the instrument.',
  'rule-outlives-instrument':
    'This runs until {until}, but “{instrument}” on which it rests ends on {ended}. Shorten it or cite what replaces the instrument.',
  'rule-before-instrument':
    'This runs from {from}, but “{instrument}” on which it rests begins on {began}. Correct a date or cite what applied before.',
  'superseded-without-end': 'What is superseded was true until a day. Give that day in “to”.',
  'instrument-supersession-cycle':
    'These instruments supersede each other in a circle: {chain}. The later law must stand last.',
  'period-reversed': 'The period ends on {to}, before it begins on {from}. Swap or correct the dates.',

  'calendar-overlap':
    'The calendar “{calendar}” already gives the year {year} for the park “{park}”. Two calendars would count different deadlines; keep one.',
  'year-twice': 'The year {year} appears twice in this calendar; first on line {line}. Join the two.',
  'calendar-year-gap':
    'The year {year} follows {previous}: the years between are missing, and deadlines there would be provisional. Add them.',
  'holiday-outside-its-year':
    'No day of this holiday lies in {year}, under which it stands. Move it or correct the dates.',
  'weekdays-disjoint':
    'This calendar and “{calendar}” share no weekday, so no day could ever be counted that both parks work. Check “workingWeekdays” of both.',
  'holiday-reversed': 'The holiday ends on {to}, before it begins on {from}. Swap or correct the dates.',
  'holiday-too-long':
    'The holiday runs from {from} to {to}; none has more than {limit} days. Check the year and the month of both dates.',
  'holidays-overlap':
    'The day {day} already belongs to the holiday “{holiday}” on line {line}. Give each day to one holiday.',
  'holiday-name-unknown':
    'There is no “{holiday}” in the calendar’s holidayNames.[ Did you mean “{suggestion}”?] Correct it or add the name.',
  'holiday-name-unused':
    'No holiday of this calendar is called “{holiday}”. Remove the name or add the days.',
  'make-up-day-on-working-day':
    '{day} is worked in every plain week, so it makes up for nothing. Correct the date.',
  'make-up-day-in-holiday':
    '{day} lies within the holiday “{holiday}”; a day off cannot be worked as well. Correct one of them.',
  'make-up-day-twice': '{day} is already a make-up day on line {line}. Remove one.',
  'make-up-day-outside-declared-years':
    '{day} lies outside the years of this calendar. Correct the date or add the year.',

  'step-after-unknown':
    'This service has no step “{step}” to wait for.[ Did you mean “{suggestion}”?] Correct the id or add the step.',
  'step-cycle': 'These steps wait for each other, so none can begin: {steps}. Remove one “after”.',
  'step-unreachable':
    'The step “{step}” can never begin: its condition is never true, or it waits for steps that never end. Correct the condition or the order.',
  'joint-with-own-park': 'A joint step needs the other park; “{park}” is the service’s own.',
  'joint-without-table':
    'A joint step must say what follows from each pair of answers before anybody answers. Add “outcomes” with all five.',
  'joint-outcome-missing': 'The table of this joint step lacks: {outcomes}. Say what follows in each case.',
  'joint-one-sided':
    'No service of the park “{park}” has a joint step “{joint}”, so nobody there would answer. Add it or correct the id.',
  'joint-authority-differs':
    'The joint step “{joint}” names “{named}” for the other side, but the service “{service}” there belongs to “{actual}”. Both sides must name each other.',
  'joint-deliberates-alone':
    'For “{outcome}” the panel should meet again, but the table of “{service}” settles “{mirrored}” without another meeting; this side would wait for ever. Let both sides deliberate again, or neither.',
  'joint-shares-undeclared':
    'The joint step shares “{fact}”, which this service does not need and so cannot hold. Add it to “needs” or do not share it.',
  'crossing-undeclared':
    'No agreement lets “{fact}” cross from “{from}” to “{to}”. Add it to an agreement, or do not share it.',
  'crossing-not-in-force':
    '“{fact}” may cross under the agreement “{agreement}” only, which does not cover the whole time of this service. Align the dates.',
  'need-duplicate': 'The fact “{fact}” is needed twice in this service. Keep one entry.',
  'evidence-duplicate': 'The evidence “{type}” is asked for twice in this service. Keep one entry.',
  'provides-applicant-fact':
    'The service provides “{fact}”, but the dictionary says that the applicant supplies it. Correct “suppliedBy” or provide another fact.',
  'output-fact-unprovided':
    'The fact “{fact}” is to come from a decided service, but no service provides it. Add it to a service’s “provides” or let the applicant supply it.',
  'foreign-calendar':
    'The limit counts days of “{calendar}” only, a calendar of the park “{park}”. Name the own park’s calendar too, or leave “calendars” out.',
  'foreign-currency': 'No park of the zone uses {currency}. Expected: {expected}.',
  'language-not-of-park': 'The park’s authorities do not act in “{language}”. They act in: {languages}.',
  'condition-fact-not-needed':
    'The condition asks for “{fact}”, which this service does not need, so it could never be settled. Add the fact to “needs”.',

  'expression-syntax':
    'The condition cannot be read from here on.[ “{found}” does not fit.][ Did you mean “{suggestion}”?] Compare, for example: team.headcount >= 5',
  'expression-unsupported':
    'Conditions do not know “{construct}”. Use comparisons of facts, joined by &&, || and !, and “in” with a list.',
  'expression-unknown-fact':
    'The dictionary has no fact “{fact}”.[ Did you mean “{suggestion}”?] Correct the condition or add the fact.',
  'expression-not-a-condition':
    'This is a value of type {found}, neither true nor false. Compare it with something.',
  'expression-not-a-value': 'A list can stand only after “in”. Give a single value here.',
  'expression-different-types':
    'A value of type {left} cannot be compared with one of type {right}. Correct one side.',
  'expression-no-order': 'Values of type {type} have no order, so “{operator}” says nothing. Use == or in.',
  'expression-not-in-a-list':
    'After “in” stands a list or a fact of several choices, not a value of type {type}.',
  'expression-empty-list': 'Nothing can be in an empty list. Add the values meant.',
  'expression-unknown-option':
    'The fact “{fact}” has no option “{option}”.[ Did you mean “{suggestion}”?] Its options: {options}.',
  'expression-no-date': '“{value}” is not a date, but “{fact}” is. Write YYYY-MM-DD in quotes.',
  'expression-not-an-integer':
    '“{fact}” is counted in whole numbers, so {value} can never match. Check the unit.',
  'expression-no-common-option': '“{left}” and “{right}” share no option, so they can never be equal.',

  'journey-after-unknown':
    'This journey has no step “{step}” to wait for.[ Did you mean “{suggestion}”?] Correct the id or add the step.',
  'journey-cycle': 'These steps wait for each other, so none can be filed: {steps}. Remove one “after”.',
  'journey-unreachable':
    'The step “{step}” can never be filed: its condition is never true, or it waits for steps that never end. Correct the condition or the order.',
  'journey-service-ended':
    'The service “{service}” is no longer offered[ after {ended}], while another of this journey has not begun or it is superseded. Put its successor here.',
  'when-fact-unsupplied':
    'The condition asks for “{fact}”, which neither the form asks nor an earlier step provides. Ask it or change the condition.',
  'need-not-asked':
    'The service “{service}” needs “{fact}”, which neither the form asks nor an earlier step provides. Add it to the form.',
  'asked-but-unused':
    'The form asks for “{fact}”, which no step of the journey uses. Ask only for what is needed; remove it.',
  'asked-twice':
    'The fact “{fact}” is already asked in the section “{section}”. A journey asks once; remove one.',
  'form-asks-output':
    'The fact “{fact}” comes from a decided service and must not be asked. Remove it from the form.',

  'choice-without-options': 'A choice needs options. Add them, each with an id and a name.',
  'options-on-non-choice': 'A fact of type “{type}” has no options. Make it a choice or remove them.',
  'option-duplicate': 'The option “{option}” appears twice. Rename or remove one.',
  'money-without-currency': 'An amount of money needs its currency. Add “currency”.',
  'currency-on-non-money': 'A fact of type “{type}” has no currency. Make it money or remove the currency.',
  'number-without-unit': 'A number needs its unit, or readers will guess it. Add “unit”, such as persons.',
  'space-within-cycle': 'These spaces contain each other in a circle: {chain}. Correct one “within”.',
  'reading-duplicate':
    'The same value for {on} and the same scope already stands on line {line}. Remove one, or say how the scopes differ.',

  'story-out-of-order':
    'This act is dated {on}, before {previous}, the day of what is told before it. Correct the date or move the act up.',
  'act-not-told':
    'The story tells no “{action}” of the step “{step}” on {on}, so nothing would be checked here. Correct the date, the step or the act.',
};
