import type { Text } from '@twinpark/kernel/shared/text.ts';
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

/** A text of the zone in the reader's language, or the nearest that the zone has. */
export function pick(text: Text, { language }: Pick<Messages, 'language'>): string {
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}
