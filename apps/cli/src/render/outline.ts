import { namesOf } from '@twinpark/pack/words/names.ts';
import { listOf, pick } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import type { AskedFact, AskedPaper, Outline, OutlinedStep } from '../commands/journey/outline.ts';
import { fill, type Messages, plural } from '../i18n/messages.ts';
import type { Terminal } from '../terminal.ts';
import { dateInWords } from './dates.ts';
import { gapLines } from './gaps.ts';
import { outlineDates } from './outline-dates.ts';
import { heading, reference, references, type Writer } from './outline-writer.ts';
import { pairs } from './pairs.ts';
import { columnsOf, hang, padTo, wrap } from './width.ts';

/** The plan of a journey as a reader meets it: the services, the questions, the papers, the order, the dates. */
export function outlineInWords(outline: Outline, zone: Zone, m: Messages, terminal: Terminal): string {
  const writer: Writer = { outline, zone, m, terminal, names: namesOf(zone, m) };
  const parameters = { journey: pick(outline.journey.name, m), from: dateInWords(outline.from, m) };
  const parts = [
    [
      ...heading(fill(m.plan.title, parameters), writer),
      ...wrap(pick(outline.journey.summary, m), terminal.width),
    ],
    outline.steps.length === 0 ? wrap(m.plan.empty, terminal.width) : orderPart(writer),
    notNeededPart(writer),
    formPart(writer),
    papersPart(writer),
    outline.steps.length === 0 ? [] : outlineDates(writer),
    Object.keys(outline.known).length === 0 ? [] : gapsPart(writer),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

function orderPart(writer: Writer): string[] {
  const { outline, m, terminal } = writer;
  const stages = [...new Set(outline.steps.map(({ stage }) => stage))].sort((one, other) => one - other);
  return [
    ...heading(m.plan.order, writer),
    ...stages.flatMap((stage) => {
      const steps = outline.steps.filter((step) => step.stage === stage);
      const title = fill(m.plan.stage, { number: String(stage) });
      return [
        terminal.paint(
          'notable',
          fill(m.plan.pair, { head: title, body: plural(m.plan.atOnce, steps.length) }),
        ),
        ...steps.flatMap((step) => stepLines(step, writer)),
      ];
    }),
  ];
}

function stepLines(step: OutlinedStep, writer: Writer): string[] {
  const { m, names, terminal, outline } = writer;
  const after = references(step.after, writer);
  const facts = step.settledBy.map(names.fact);
  const about = [
    fill(m.plan.decidedBy, { authority: names.organization(step.authority) }),
    ...(after === '' ? [] : [fill(m.plan.after, { steps: after })]),
    ...step.jointly.map((joint) =>
      fill(m.plan.together, { services: references([joint.with], writer), panel: pick(joint.panel, m) }),
    ),
    limitInWords(step, writer),
    ...(step.needed === 'unknown'
      ? [
          fill(m.plan.pair, {
            head: m.plan.undetermined,
            body: settledByInWords(facts, m),
          }),
        ]
      : []),
  ];
  const widest = Math.max(...outline.steps.map((other) => columnsOf(reference(other, writer))));
  const indent = ' '.repeat(widest + 4);
  const tone = step.needed === 'unknown' ? 'quiet' : 'plain';
  const mark = `  ${padTo(reference(step, writer), indent.length - 2)}`;
  return [
    ...hang(names.service(step.service), terminal.width, indent, mark),
    ...about.flatMap((line) => hang(line, terminal.width, indent)),
  ].map((line, index) => terminal.paint(index === 0 ? tone : 'quiet', line));
}

/** A few answers are named; many are marked in the form anyway, and their names would bury the step. */
function settledByInWords(facts: readonly string[], m: Messages): string {
  if (facts.length <= mostNamed) return fill(m.plan.settledBy, { facts: listOf(m, facts) });
  return fill(m.plan.settledByMany, { count: String(facts.length), mark: m.plan.decides });
}

const mostNamed = 4;

/** How long the authority may take, and by which clause. */
function limitInWords({ service }: OutlinedStep, { zone, m, names }: Writer): string {
  const limit = zone.services.get(service)?.decisionLimit ?? null;
  if (limit === null) return m.plan.noLimit;
  return fill(m.plan.limitFrom[limit.from], {
    limit: plural(m.plan.limit[limit.unit], limit.amount),
    citation: names.citation(limit.citation),
  });
}

function notNeededPart(writer: Writer): string[] {
  const { outline, m, names, terminal } = writer;
  if (outline.notNeeded.length === 0) return [];
  const lines = outline.notNeeded.flatMap(({ step, because }) => {
    const facts = because.flatMap((fact) => {
      const value = outline.known[fact];
      return value === undefined ? [] : [`${names.fact(fact)} = ${names.value(fact, value)}`];
    });
    const why = fill(m.plan.decidedByFact, {
      service: names.service(step.service),
      facts: listOf(m, facts),
    });
    return hang(why, terminal.width, '     ', `  ${names.mark(step.park)} `);
  });
  return [...heading(m.plan.notNeeded, writer), ...lines];
}

function formPart(writer: Writer): string[] {
  const { outline, m, terminal } = writer;
  return [
    ...heading(m.plan.asked, writer),
    ...outline.form.flatMap(({ section, facts }) => [
      terminal.paint('notable', pick(section.title, m)),
      ...pairs(
        facts.map((fact) => factPair(fact, writer)),
        terminal.width,
      ),
    ]),
  ];
}

function factPair(asked: AskedFact, writer: Writer): readonly [string, string] {
  const { m, names } = writer;
  const remarks = [
    references(asked.for, writer),
    asked.decides ? m.plan.decides : '',
    asked.certain ? '' : m.plan.notYetSure,
    asked.optional ? m.plan.optional : '',
    asked.value === null ? '' : fill(m.plan.known, { value: names.value(asked.fact, asked.value) }),
  ];
  return [names.fact(asked.fact), remarks.filter((remark) => remark !== '').join(m.plan.remarkGap)];
}

function papersPart(writer: Writer): string[] {
  const { outline, m, terminal } = writer;
  if (outline.papers.length === 0) return [...heading(m.plan.papers, writer), `  ${m.plan.noPapers}`];
  const rows = outline.papers.map((paper) => paperPair(paper, writer));
  return [...heading(m.plan.papers, writer), ...pairs(rows, terminal.width)];
}

function paperPair(paper: AskedPaper, writer: Writer): readonly [string, string] {
  const { m, names } = writer;
  const remarks = [
    references(paper.for, writer),
    paper.certain ? '' : m.plan.notYetSure,
    paper.mayFollow.length === 0
      ? ''
      : fill(m.plan.paperMayFollow, { services: references(paper.mayFollow, writer) }),
  ];
  return [names.evidence(paper.type), remarks.filter((remark) => remark !== '').join(m.plan.remarkGap)];
}

function gapsPart(writer: Writer): string[] {
  const { outline, zone, m, terminal } = writer;
  return [...heading(m.plan.gaps, writer), ...gapLines(outline.gaps, zone, m, terminal.width)];
}
