/**
 * Words of the screens. `useText()` gives `t('ledger.title')`, typed by resources/locales/en.json: a key that does not exist
 * does not compile. For a key put together at run time, type its parts: t(`time.activities.${activity}`). Dates, numbers,
 * durations and money go through `useFormat()` (format.ts), never through string building.
 */
import { createInstance, type ParseKeys } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import en from '#resources/locales/en.json';
import zhCN from '#resources/locales/zh-CN.json';
import { defaultLanguage, type Language } from './language.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
    nsSeparator: false;
  }
}

/** Any key of the locales. */
export type LocaleKey = ParseKeys;

/** The one instance; both languages are in the bundle, so switching needs no fetch. */
export const i18n = createInstance();

await i18n.use(initReactI18next).init({
  resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
  lng: defaultLanguage,
  fallbackLng: 'en',
  nsSeparator: false,
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** Switches every screen at once and tells the document which language it is in. */
export async function switchLanguage(language: Language): Promise<void> {
  document.documentElement.lang = language;
  await i18n.changeLanguage(language);
}

/** The translator of the present language; the component draws again when the language is switched. */
export function useText() {
  return useTranslation().t;
}

/** Translates outside components (a title, an announcement). */
export const text = i18n.t.bind(i18n);
