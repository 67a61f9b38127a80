import type { Page } from '@playwright/test';
import { expect } from './app-fixture.ts';

/** Runs an action by its name in the command palette, once the palette is there and has found it. */
export async function runAction(page: Page, name: string): Promise<void> {
  await expect(page.locator('#main')).toBeVisible();
  await page.keyboard.press('Control+k');
  // Its field is always open; those of a dialog that the action brings are not.
  const palette = page.getByRole('dialog').getByRole('combobox', { expanded: true });
  await expect(palette).toBeFocused();
  await palette.fill(name);
  await expect(page.getByRole('option', { name }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
}
