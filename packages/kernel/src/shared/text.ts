/** A BCP 47 language tag that a zone declares, such as `zh-Hant` or `en`. */
export type Language = string;

/** One text in every language of its zone; the pack check refuses a text that lacks one. */
export type Text = Readonly<Record<Language, string>>;
