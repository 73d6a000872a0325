import { fillIn, type MessageLanguage } from '@twinpark/pack/problems.ts';
import { type SettingName, settingOf } from './settings.ts';
import { type ConfigWords, en } from './texts/en.ts';
import { zhHans } from './texts/zh-hans.ts';
import { zhHant } from './texts/zh-hant.ts';

/** One setting that cannot be used: which, why, and what the sentence about it is filled with. */
export interface ConfigFault {
  readonly code: Exclude<keyof ConfigWords['faults'], 'line'>;
  /** Null for a variable that names no setting. */
  readonly setting: SettingName | null;
  /** The variable or flag as it was written, or would be. */
  readonly name: string;
  readonly facts: Readonly<Record<string, string>>;
}

const words: Readonly<Record<MessageLanguage, ConfigWords>> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };

/** The setting by name, the reason and what to do, in one sentence after the other. */
export function configFaultText(fault: ConfigFault, language: MessageLanguage): string {
  const { reason, remedy } = configFaultParts(fault, language);
  return fillIn(words[language].faults.line, { name: fault.name, reason, remedy });
}

export function configFaultParts(
  { code, setting, facts }: ConfigFault,
  language: MessageLanguage,
): { readonly reason: string; readonly remedy: string } {
  const { faults, about, units } = words[language];
  const unit = setting === null ? undefined : settingOf(setting).unit;
  const filled = {
    ...facts,
    about: setting === null ? '' : about[setting],
    unit: unit === undefined ? '' : units[unit],
  };
  const { reason, remedy } = faults[code];
  return { reason: fillIn(reason, filled), remedy: fillIn(remedy, filled) };
}

/** What a setting is for, with its unit. */
export function aboutSetting(name: SettingName, language: MessageLanguage): string {
  return words[language].about[name];
}

export function unitOfSetting(name: SettingName, language: MessageLanguage): string | null {
  const { unit } = settingOf(name);
  return unit === undefined ? null : words[language].units[unit];
}
