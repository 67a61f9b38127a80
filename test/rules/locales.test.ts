import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { errorCodes } from '#shared/contract/errors.ts';
import {
  chineseInEnglish,
  flatten,
  keyUse,
  missingKeys,
  unevenKeys,
  unevenPlaceholders,
  untranslated,
  unusedKeys,
  wordsInCode,
} from './locale-check.ts';
import { parseTree, readTree } from './source-modules.ts';

function sentencesOf(language: string) {
  return flatten(JSON.parse(readFileSync(join(appRoot, 'resources', 'locales', `${language}.json`), 'utf8')));
}

const chinese = sentencesOf('zh-CN');
const english = sentencesOf('en');
const use = keyUse(parseTree(readTree(appRoot, ['shared', 'electron', 'renderer'])));

describe('the locale files', () => {
  it('have the same keys', () => {
    expect(unevenKeys(chinese, english)).toEqual([]);
  });

  it('take the same details', () => {
    expect(unevenPlaceholders(chinese, english)).toEqual([]);
  });

  it('have every key that is asked for', () => {
    expect(missingKeys(english, use)).toEqual([]);
  });

  it('have no key that nobody asks for', () => {
    expect(unusedKeys(english, use)).toEqual([]);
  });

  it('have a sentence for every error code, and for no code that is gone', () => {
    const spoken = [...english.keys()].flatMap((key) => /^errors\.(\w+\/.+)$/.exec(key)?.[1] ?? []);
    // `client/` codes are made in the window itself and never cross the contract.
    expect(new Set(spoken.filter((code) => !code.startsWith('client/')))).toEqual(new Set(errorCodes));
  });

  it('are each in their own language', () => {
    expect(chineseInEnglish(english)).toEqual([]);
    expect(untranslated(chinese, english)).toEqual([]);
    expect([...chinese, ...english].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });
});

describe('the screens', () => {
  it('have no words of their own', () => {
    expect(wordsInCode(parseTree(readTree(appRoot, ['renderer'])))).toEqual([]);
  });
});

describe('the checker', () => {
  const en = flatten({ day: { open: 'Open', left_one: '{{count}} left', left_other: '{{count}} left' }, old: 'Old' });
  const read = (...lines: string[]) => keyUse(parseTree(new Map([['renderer/a.tsx', lines.join('\n')]])));

  it('finds keys that one language lacks', () => {
    const zh = flatten({ day: { open: '打开', left_other: '还剩 {{count}} 个' } });
    expect(unevenKeys(zh, en)).toEqual(['old']);
  });

  it('finds details that one language lacks', () => {
    const zh = flatten({ day: { open: '打开 {{name}}', left_other: '还剩 {{count}} 个' }, old: '旧' });
    expect(unevenPlaceholders(zh, en)).toEqual(['day.open']);
  });

  it('finds keys that are missing or not used, through plurals, data and templates', () => {
    const asked = read(`t('day.left', { count });`, `const action = { labelKey: 'day.opn' };`, `say('day.open');`);
    expect(missingKeys(en, asked)).toEqual(['day.opn (renderer/a.tsx:2)']);
    expect(unusedKeys(en, asked)).toEqual(['old']);
    expect(unusedKeys(en, read('t(`day.${what}`);'))).toEqual(['old']);
    expect(unusedKeys(en, read('t(`day.${what}.long`);'))).toEqual([
      'day.open',
      'day.left_one',
      'day.left_other',
      'old',
    ]);
    expect(unusedKeys(en, read('t(`${where}.open`);'))).toContain('day.open');
  });

  it('finds the wrong language', () => {
    expect(chineseInEnglish(flatten({ a: 'Open 打开', language: '中文' }))).toEqual(['a']);
    const same = { a: 'Open the folder', b: 'COCO JSON', c: '打开 folder now' };
    expect(untranslated(flatten(same), flatten(same))).toEqual(['a']);
  });

  it('finds words in a screen', () => {
    const screen = [
      `const a = '打开';`,
      'const b = <Button aria-label="Close it">Save</Button>;',
      'const c = <i className="big">{x} · 3</i>;',
    ];
    expect(wordsInCode(parseTree(new Map([['renderer/a.tsx', screen.join('\n')]])))).toEqual([
      'renderer/a.tsx:1 打开',
      'renderer/a.tsx:2 Close it',
      'renderer/a.tsx:2 Save',
    ]);
  });
});
