import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { TaskId } from '#shared/domain/ids.ts';
import { testData } from '#test/support/test-data.ts';
import { expect, test } from './support/app-fixture.ts';
import { expectAccessible } from './support/at-rest.ts';

/** A recording is segmented, written, answered for and sealed without a mouse, from the first window on, in both languages. */
const languages = {
  en: {
    open: /Open a folder of photos or recordings/,
    folder: /Folder of photos or recordings/,
    template: /valid \/ invalid/,
    create: /Create the project/,
    proposed: 'Proposed segments',
    transcript: 'Transcript',
    breaches: 'Open breaches',
    sealed: /is sealed$/,
  },
  'zh-CN': {
    open: /打开.*照片或录音.*文件夹|打开.*文件夹/,
    folder: /文件夹/,
    template: /有效/,
    create: /^建项目|创建项目|建立项目|建项目/,
    proposed: '建议的片段',
    transcript: '转写',
    breaches: '不合规则',
    sealed: /已封存/,
  },
} as const;

/** Tabs on until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let at = 0; at < 80; at += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> };
      const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent;
      return element === document.body ? '' : (label ?? element.textContent ?? '');
    });
    if (name.test(focused)) return;
    seen.push(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(name)}: ${seen.join(' | ')}`);
}

for (const lang of ['en', 'zh-CN'] as const) {
  const words = languages[lang];
  test.describe(`by keyboard, ${lang}`, () => {
    test.use({ lang });
    test.skip(testData('audio') === null, 'COUNTERLEDGER_TEST_DATA is not set');
    test.setTimeout(90_000);

    let folder = '';
    test.beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'counterledger-keys-'));
      await copyFile(testData('audio/ami/trn06.wav')!, join(folder, 'meeting.wav'));
    });
    test.afterEach(() => rm(folder, { recursive: true, force: true }));

    test('from the first window to the sealed submission', async ({ app }) => {
      const { page } = app;
      const { keyboard } = page;
      await expect(page.locator('#main')).toBeVisible();
      await tabTo(page, words.open);
      await keyboard.press('Enter');
      await expect(page.getByRole('textbox').first()).toBeVisible();
      await tabTo(page, words.folder);
      await keyboard.type(folder);
      await expect(page.getByRole('button', { name: words.template })).toBeVisible();
      await tabTo(page, words.template);
      await keyboard.press('Enter');
      await expectAccessible(page);
      await tabTo(page, words.create);
      await keyboard.press('Enter');
      await expect(page.locator('[data-canvas-host][data-task][data-scanned]')).toBeVisible({ timeout: 20_000 });

      await keyboard.press('v');
      const proposals = page.getByRole('region', { name: words.proposed });
      await expect(proposals).toBeVisible();
      await expectAccessible(page);
      const taskId = (await page.locator('[data-canvas-host]').getAttribute('data-task')) as TaskId;
      // All that is proposed but the one turned down.
      const count = (await app.call('proposals.list', { taskId })).proposals.length - 1;
      expect(count).toBeGreaterThan(3);
      await keyboard.press('y');
      await keyboard.press('k');
      await keyboard.press('Alt+Shift+y');
      await expect(proposals).toBeHidden();
      await expect(page.getByRole('list', { name: words.transcript }).getByRole('listitem')).toHaveCount(count);
      // The class of one, and the reason it is of no use; the rest is written, from the first on.
      await keyboard.press('2');
      await keyboard.press('F2');
      await keyboard.press('1');
      await keyboard.press('Escape');
      await keyboard.press('Control+a');
      await keyboard.press('1');
      await keyboard.press('F2');
      await keyboard.press('1');
      await keyboard.press('Escape');
      // Leads into the rows from anywhere.
      for (let at = 0; at < count; at += 1) await keyboard.press('Alt+ArrowUp');
      for (let at = 0; at < count; at += 1) {
        await keyboard.type(`words ${at}`);
        await keyboard.press('Enter');
      }
      await expect(page.getByRole('region', { name: words.breaches })).toBeHidden();
      await expectAccessible(page);
      // From within an answer, where Enter by itself goes on to the next question.
      await keyboard.press('F2');
      await keyboard.press('Control+Shift+Enter');
      await expect(page.getByText(words.sealed).first()).toBeVisible();
      await expectAccessible(page);
      const { projects } = await app.call('projects.list', {});
      const { submissions } = await app.call('submissions.list', { projectId: projects[0]!.id });
      const sealed = await app.call('submissions.get', { submissionId: submissions[0]!.id });
      expect(sealed.annotation!.shapes).toHaveLength(count);
      expect(sealed.annotation!.shapes.every(({ text }) => /^words \d+$/.test(text ?? ''))).toBe(true);
    });
  });
}
