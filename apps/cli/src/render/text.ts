import type { Messages } from '../i18n/messages.ts';

/** A call to copy, with the stand-ins for a name in it said in the reader's language. */
export function exampleInWords(example: string, { values }: Pick<Messages, 'values'>): string {
  const standIns: Readonly<Record<string, string>> = {
    NAME: values.name,
    PARK: values.park,
    JOURNEY: values.journey,
  };
  return example.replace(/\b[A-Z]+\b/g, (word) => standIns[word] ?? word);
}
