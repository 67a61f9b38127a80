import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app-fixture.ts';

/** Waits until nothing moves or fades any more and all that was told to the window is drawn, however long its frames take. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const moving = () =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    // Something that comes in begins to fade one frame after it is there.
    for (let calm = 0; calm < 2; calm += 1) {
      await frames();
      const running = moving();
      if (running.length > 0) calm = -1;
      await Promise.allSettled(running.map(({ finished }) => finished));
    }
  });
}

/** Expects nothing that stands in the way of people who use a screen reader, a keyboard or strong contrast. */
export async function expectAccessible(page: Page): Promise<void> {
  // Half faded in, nothing has the contrast that it has.
  await atRest(page);
  // Legacy mode, because Electron cannot open the blank page the other mode wants.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
}
