import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { Messages } from '../i18n/messages.ts';

/** A text of the zone in the reader's language, or the nearest that the zone has. */
export function pick(text: Text, { language }: Pick<Messages, 'language'>): string {
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}
