import { type BenchPart, report } from '../harness.ts';
import { casesGrowthPart, casesPart } from './cases.ts';
import { clockGrowthPart, clockPart } from './clock.ts';

/** Each part checks that its contenders agree before it returns, and throws where they do not. */
const parts: readonly (() => BenchPart)[] = [clockPart, clockGrowthPart, casesPart, casesGrowthPart];

for (const part of parts) report(part());
