import { useTranslation } from 'react-i18next';
import { createFormat, type DurationWords, type Format } from './format.ts';
import { i18n } from './i18n.ts';
import { isLanguage, type Language } from './language.ts';

const formats = new Map<Language, Format>();

/** The formatters of a language; the same object each time. */
export function formatOf(language: string): Format {
  const known: Language = isLanguage(language) ? language : 'en';
  const format = formats.get(known) ?? createFormat(known, durationWords(known));
  formats.set(known, format);
  return format;
}

function durationWords(language: Language): DurationWords {
  const t = i18n.getFixedT(language);
  return { h: t('ui.duration.h'), min: t('ui.duration.min'), s: t('ui.duration.s') };
}

/** The formatters of the present language; the component draws again when the language is switched. */
export function useFormat(): Format {
  return formatOf(useTranslation().i18n.language);
}
