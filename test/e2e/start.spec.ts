import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from './support/app-fixture.ts';

test('the window opens on a fresh data folder', async ({ app }) => {
  await expect(app.page.getByRole('main')).toBeVisible();
  const { operations } = await app.call('operations.list', {});
  expect(operations.length).toBeGreaterThan(10);
});

test('the window opens again on the same data after its host was killed', async ({ app }) => {
  await app.call('settings.get', {});
  await app.host.kill('SIGKILL');
  const page = await app.host.restart();
  await expect(page.getByRole('main')).toBeVisible();
  await app.call('settings.get', {});
});

test.describe('in Chinese', () => {
  test.use({ lang: 'zh-CN' });

  test('a ledger of a newer version is refused in the language of the owner', async ({ app }) => {
    await app.host.kill('SIGTERM');
    const ledger = new Sqlite(join(app.dataDir, 'ledger.db'));
    ledger.pragma('user_version = 9999');
    ledger.close();
    const page = await app.host.restart();
    await expect(page.getByText('更新版本')).toBeVisible();
  });
});
