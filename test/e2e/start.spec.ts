import { expect, test } from './support/app-fixture.ts';

test('the window opens on a fresh data folder', async ({ app }) => {
  await expect(app.page).toHaveTitle('Counterledger');
  const { operations } = await app.call('operations.list', {});
  expect(operations.length).toBeGreaterThan(10);
});
