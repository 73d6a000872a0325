import { type Draft, placesAt } from '../draft.ts';
import { characterOf, keyOf, type Raise } from '../findings.ts';
import { text } from '../schema/common.ts';
import { inside, type Place } from '../tree.ts';
import { foreignCharacters, scriptOf } from './scripts.ts';
import { isRecord } from './walk.ts';

/** Texts that lack a language of the zone, have one too many, or mix the two Chinese scripts. */
export function checkTexts(draft: Draft, raise: Raise): void {
  const declared = draft.zone?.value.languages.filter(isTag);
  for (const entry of draft.entries) {
    for (const { kind, value, path } of entry.parts) {
      if (kind === 'text' && isRecord(value)) checkText(value, inside(entry.place, ...path), declared, raise);
    }
    if (entry.collection !== 'organizations' || !declared) continue;
    for (const { value, place } of placesAt(entry, ['officialNames', '*'])) {
      if (typeof value === 'string' && !declared.includes(value)) {
        raise('language-undeclared', place, { language: value, declared: declared.join(', ') });
      }
    }
  }
}

export function checkText(
  texts: Record<string, unknown>,
  place: Place,
  declared: readonly string[] | undefined,
  raise: Raise,
): void {
  if (declared) {
    // A misspelt tag hides the language that it was meant for.
    const isMisspelt = Object.keys(texts).some((tag) => !isTag(tag));
    const missing = declared.filter((language) => !Object.hasOwn(texts, language));
    if (missing.length > 0 && !isMisspelt)
      raise('language-missing', place, { languages: missing.join(', ') });
  }
  for (const [language, written] of Object.entries(texts)) {
    const spot = inside(place, language);
    if (declared && isTag(language) && !declared.includes(language)) {
      raise('language-undeclared', keyOf(spot), { language, declared: declared.join(', ') });
    }
    if (typeof written !== 'string') continue;
    if (written !== '' && written.trim() === '') raise('empty-text', spot, {});
    checkScript(language, written, spot, raise);
  }
}

function isTag(language: string): boolean {
  return text.keyType.safeParse(language).success;
}

function checkScript(language: string, written: string, spot: Place, raise: Raise): void {
  const script = scriptOf(language);
  if (script === null) return;
  const code = script === 'Hans' ? 'traditional-in-simplified' : 'simplified-in-traditional';
  for (const { character, form, index } of foreignCharacters(written, script)) {
    raise(code, characterOf(spot, index), { character, form, language });
  }
}
