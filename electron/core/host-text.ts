import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRoot } from './app-root.ts';

export type HostLanguage = 'zh-CN' | 'en';

/** Turns a locale key and its details into a sentence; the key itself when no sentence exists. */
export type HostText = (key: string, details?: Record<string, unknown>) => string;

/** The language to speak where no window does: asked for, else what the system says, else English. */
export function chooseHostLanguage(
  asked: string | undefined,
  environment: Record<string, string | undefined> = process.env,
): HostLanguage {
  if (asked === 'zh-CN' || asked === 'en') return asked;
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return (system || Intl.DateTimeFormat().resolvedOptions().locale).toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Sentences for a terminal, from the same locale files as the windows; the file is read when the first is wanted. */
export function createHostText(language: HostLanguage): HostText {
  let locale: unknown;
  return (key, details = {}) => {
    locale ??= JSON.parse(readFileSync(join(appRoot, 'resources', 'locales', `${language}.json`), 'utf8'));
    let found = locale;
    for (const part of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[part];
    const sentence = typeof found === 'string' ? found : key;
    return sentence.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(details[name] ?? whole));
  };
}
