import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format.ts';
import { isLanguage, type Language } from './language.ts';

const formats = new Map<Language, Format>();

/** The formatters of a language; the same object each time. */
export function formatOf(language: string): Format {
  const known: Language = isLanguage(language) ? language : 'en';
  const format = formats.get(known) ?? createFormat(known);
  formats.set(known, format);
  return format;
}

/** The formatters of the present language; the component draws again when the language is switched. */
export function useFormat(): Format {
  return formatOf(useTranslation().i18n.language);
}
