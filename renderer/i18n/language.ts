/** Languages the program speaks. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

export const defaultLanguage: Language = 'en';

/** Each language's name in itself. */
export const languageNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' };

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

/**
 * The language to show: what the owner set, else what the start asked for (`--lang`), else the first of the system's
 * languages that the program speaks, else English.
 */
export function chooseLanguage(setting: Language | null, asked: Language | null, system: readonly string[]): Language {
  if (setting) return setting;
  if (asked) return asked;
  for (const tag of system) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return defaultLanguage;
}
