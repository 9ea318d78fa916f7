// The languages there are words in; pure.

export const wordsLangs = ['en', 'zh', 'es', 'de', 'fr'] as const;
/** A catalogue of `templates/words`. */
export type WordsLang = (typeof wordsLangs)[number];

/** Each as its own speakers call it. */
export const langNames: Readonly<Record<WordsLang, string>> = {
  en: 'English',
  zh: '中文',
  es: 'Español',
  de: 'Deutsch',
  fr: 'Français',
};

/** Its name in English, for the desk and for models: "German", "Simplified Chinese". */
export function languageName(lang: WordsLang): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(lang === 'zh' ? 'zh-Hans' : lang) ?? lang;
}

/** Whether there are words in it. */
export function isWordsLang(value: unknown): value is WordsLang {
  return wordsLangs.some((lang) => lang === value);
}
