import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '#renderer/i18n/language.ts';

describe('chooseLanguage', () => {
  it('prefers the setting, then what the start asked for, then the system', () => {
    expect(chooseLanguage('en', 'zh-CN', ['zh-CN'])).toBe('en');
    expect(chooseLanguage(null, 'zh-CN', ['en'])).toBe('zh-CN');
    expect(chooseLanguage(null, null, ['fr', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(chooseLanguage(null, null, ['de', 'en-GB', 'zh'])).toBe('en');
  });

  it('speaks English where nothing else fits', () => {
    expect(chooseLanguage(null, null, ['fr', 'zhx'])).toBe('en');
    expect(chooseLanguage(null, null, [])).toBe('en');
  });
});
