// What the launcher says, in the owner's language, from the same locale files as the program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programRoot } from './node-runtime.mjs';

/** @typedef {'zh-CN' | 'en'} Language */

/**
 * The language to speak before any setting can be read: the flag, else what the system says, else English.
 * @param {string | undefined} flag
 * @param {Record<string, string | undefined>} environment
 * @returns {Language}
 */
export function launchLanguage(flag, environment = process.env) {
  if (flag === 'zh-CN' || flag === 'en') return flag;
  const system = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return (system || Intl.DateTimeFormat().resolvedOptions().locale).toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/**
 * Returns a function that turns a locale key and its details into a sentence.
 * @param {Language} language
 * @returns {(key: string, details?: Record<string, string | number>) => string}
 */
export function translator(language) {
  const locale = JSON.parse(readFileSync(join(programRoot, 'resources', 'locales', `${language}.json`), 'utf8'));
  return (key, details = {}) => {
    let found = locale;
    for (const part of key.split('.')) found = found?.[part];
    const sentence = typeof found === 'string' ? found : key;
    return sentence.replace(/\{\{(\w+)\}\}/g, (whole, name) => String(details[name] ?? whole));
  };
}
