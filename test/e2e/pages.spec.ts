import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { appRoot } from '#electron/core/app-root.ts';
import { expect, test } from './support/app-fixture.ts';
import { atRest } from './support/at-rest.ts';

const languages = ['zh-CN', 'en'] as const;

/** First parts of all locale keys: a key that shows itself instead of its sentence begins with one. */
const namespaces = Object.keys(JSON.parse(readFileSync(join(appRoot, 'resources', 'locales', 'en.json'), 'utf8')));
const bareKey = new RegExp(String.raw`\b(${namespaces.join('|')})(\.[a-zA-Z][\w-]*)+\b`);

const settleMs = 400;

/** What stands in the way of people who use a screen reader, a keyboard or strong contrast. */
async function barriers(page: Page): Promise<string[]> {
  // Legacy mode, because Electron cannot open the blank page the other mode wants.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html.slice(0, 120)}`));
}

/** Elements whose text is wider than they are and not cut off on purpose. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, label, h1, h2, h3, th, a, [role=columnheader]')]
      .filter((each) => each.offsetParent !== null && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 8)
      .filter(
        (each) => getComputedStyle(each).textOverflow !== 'ellipsis' && getComputedStyle(each).overflowX !== 'visible',
      )
      .map((each) => `${each.tagName} ${each.textContent.slice(0, 60)}`),
  );
}

async function expectWhole(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible();
  // A page fetches its rows after it appears; nothing in it says when the last has come, nor that a tooltip is still to follow.
  await page.waitForTimeout(settleMs);
  await atRest(page);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  expect((await page.locator('body').innerText()).match(bareKey)?.[0], `${name} shows a key`).toBeUndefined();
  expect(await cutOff(page), `${name} cuts words off`).toEqual([]);
  expect(await barriers(page), `${name} has barriers`).toEqual([]);
}

for (const lang of languages) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang });

    test('the first window is whole', async ({ app }) => {
      await expectWhole(app.page, 'start');
    });

    test('every room of the rail is whole, by day and by night', async ({ app }) => {
      // A dozen rooms by day and by night, each looked at for barriers.
      test.setTimeout(240_000);
      await app.call('projects.createSample', { language: lang });
      for (const theme of ['light', 'dark'] as const) {
        await app.call('settings.set', { theme });
        await app.page.reload();
        const rooms = app.page.getByRole('navigation').first().getByRole('button');
        await expect(rooms.first()).toBeVisible();
        for (const room of await rooms.all()) {
          await room.click();
          await expect(room).toHaveAttribute('aria-current', 'page');
          await expectWhole(app.page, `${await room.getAttribute('aria-label')} (${theme})`);
        }
      }
    });
  });
}
