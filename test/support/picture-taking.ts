import type { Page } from '@playwright/test';
import en from '#resources/locales/en.json' with { type: 'json' };
import zhCN from '#resources/locales/zh-CN.json' with { type: 'json' };

export type PictureLanguage = 'en' | 'zh-CN';

/** What the pictures of one sample project are taken with. */
export interface Taking {
  page: Page;
  language: PictureLanguage;
  /** A folder that is gone afterwards. */
  below: string;
  take(name: string): Promise<void>;
  /** Lets time pass, so that the clock of a task has something to say; it stands still otherwise. */
  later(ms: number): Promise<void>;
}

/** The words of the screens that pictures are taken of, by which their parts are found. */
export const wordsIn = (language: PictureLanguage) => (language === 'en' ? en : zhCN);
