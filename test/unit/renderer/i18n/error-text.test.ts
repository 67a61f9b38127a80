import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '#shared/contract/errors.ts';
import type { Json } from '#shared/domain/json.ts';
import { errorText } from '#renderer/i18n/error-text.ts';
import { i18n } from '#renderer/i18n/i18n.ts';
import { languages } from '#renderer/i18n/language.ts';
import { formatOf } from '#renderer/i18n/use-format.ts';
import en from '#resources/locales/en.json';
import zhCN from '#resources/locales/zh-CN.json';

const sentences = { en: en.errors, 'zh-CN': zhCN.errors } as Record<string, Record<string, unknown>>;
const codes = [...errorCodes, 'client/unreachable'] as const;

/** What errors.ts says a code's details are. */
function declaredDetails(): Map<string, string[]> {
  const source = readFileSync(new URL('../../../../shared/contract/errors.ts', import.meta.url), 'utf8');
  const lines = source.matchAll(/^ {2}'([a-z-]+\/[a-z-]+)',(?: \/\/ details: (.+))?$/gm);
  return new Map([...lines].map(([, code = '', details]) => [code, details?.split(', ') ?? []]));
}

describe.each(languages)('error sentences in %s', (language) => {
  const t = i18n.getFixedT(language);

  it('exist for every code', () => {
    for (const code of codes) expect.soft(sentences[language]?.[code], code).toBeTypeOf('string');
  });

  it('ask only for details the code has', () => {
    const declared = declaredDetails();
    expect(declared.size).toBe(errorCodes.length);
    for (const code of errorCodes) {
      const asked = [...String(sentences[language]?.[code]).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
      for (const name of asked) expect.soft(declared.get(code), `${code} {{${name}}}`).toContain(name);
    }
  });

  it('leave no placeholder open, even when a detail is missing or not text', () => {
    const details: Record<string, Json> = {
      path: ['a', 1],
      problem: null,
      limit: 25_165_824,
      start: '2026-11-22T01:00:00.000Z',
      size: 3,
    };
    for (const code of codes) {
      const declared = declaredDetails().get(code) ?? [];
      const known = Object.fromEntries(declared.map((name) => [name, details[name] ?? null]));
      const words = errorText({ code, details: known }, t, formatOf(language));
      expect.soft(words, code).not.toMatch(/\{\{|undefined|\[object/);
      expect.soft(words, code).not.toBe(`errors.${code}`);
    }
  });

  it('says in words what is wrong with a file, and that it is the whole of it', () => {
    const details = { path: 'a.zip', place: '', problem: 'no-format' };
    const words = errorText({ code: 'imports/unreadable', details }, t, formatOf(language));
    expect(words).not.toMatch(/no-format|\(\s*:|（\s*：/);
    expect(words).toContain('a.zip');
  });

  it('names the file and the place where a table or a line of entries is wrong, in words', () => {
    const say = (code: 'sheets/unreadable' | 'ledger/lines-wrong', details: Record<string, Json>) =>
      errorText({ code, details }, t, formatOf(language));
    const json = say('sheets/unreadable', { file: 'hits.json', problem: 'not-json', place: 'line 41, column 3' });
    expect(json).toContain('hits.json');
    expect(json).toContain(t('errors.lineColumn', { line: 41, column: 3 }));
    expect(json).not.toContain('not-json');
    const row = say('sheets/unreadable', { file: 'a.csv', problem: 'quotes', place: 'row 7' });
    expect(row).toContain(t('errors.row', { line: 7 }));
    expect(row).not.toMatch(/\bquotes\b/);
    const line = say('ledger/lines-wrong', { file: 'mine.jsonl', line: 41, why: 'cut-off', count: 1 });
    expect(line).toContain('mine.jsonl');
    expect(line).not.toContain('cut-off');
  });

  it('shows sizes, times and lanes as people read them', () => {
    const format = formatOf(language);
    expect(errorText({ code: 'attachments/too-large', details: { limit: 25_165_824 } }, t, format)).toContain('25 MB');
    const start = '2026-11-22T01:00:00.000Z';
    const overlap = errorText({ code: 'ledger/overlap', details: { lane: 'waiting', start, end: start } }, t, format);
    expect(overlap).toContain(format.dateTime(start));
    expect(overlap).toContain(t('errors.lanes.waiting'));
  });
});
