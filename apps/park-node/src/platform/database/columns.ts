import { CamelCasePlugin } from 'kysely';

// Object ids of PostgreSQL's types.
const dateType = 1082;
const bigintType = 20;

/** How both stores read what their drivers would read otherwise: dates stay ISO text, and counts fit a number here. */
export const columnParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [dateType]: (text) => text,
  [bigintType]: Number,
};

/** Names as the tables have them outside, as the code has them inside; the keys of JSON stay as they are. */
export function camelCase(): CamelCasePlugin {
  return new CamelCasePlugin({ maintainNestedObjectKeys: true });
}
