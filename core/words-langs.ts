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

/** Whether there are words in it. */
export function isWordsLang(value: unknown): value is WordsLang {
  return wordsLangs.some((lang) => lang === value);
}
