import { languages } from '@twinpark/contract/common.ts';
import { messageRefusals } from '@twinpark/contract/gateway/refusals.ts';
import { describe, expect, it } from 'vitest';
import { deliveryProblemText, texts } from './delivery-texts.ts';

describe('what stands in the way of a message', () => {
  it('has words in each language for each reason', () => {
    for (const language of languages) {
      for (const code of messageRefusals) {
        const sentence = deliveryProblemText({ code, raisedBy: 'peer', facts: {} }, language);
        expect(sentence.length).toBeGreaterThan(10);
      }
    }
  });

  it('says the same in each language: the same facts are filled in', () => {
    const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    for (const [code, sentence] of Object.entries(texts.en)) {
      for (const language of languages) {
        const other = texts[language][code as keyof typeof texts.en];
        expect({ code, language, places: placesOf(other) }).toEqual({
          code,
          language,
          places: placesOf(sentence),
        });
      }
    }
  });

  it('tells a code that it has no words for', () => {
    expect(deliveryProblemText({ code: 'HTTP 418', raisedBy: 'peer', facts: {} }, 'en')).toContain(
      'HTTP 418',
    );
  });
});
