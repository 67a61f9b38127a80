import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/e2e/support/app-fixture.ts';
import { electronExecutable } from './test/e2e/support/electron-host.ts';

export default defineConfig<HostOptions>({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './test/e2e/support/before-all.ts',
  outputDir: 'test-results',
  // One at a time: two hosts with a browser each would share the two cores and spoil each other's timing.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'loopback', use: { hostKind: 'loopback' } },
    ...(electronExecutable() ? [{ name: 'electron', use: { hostKind: 'electron' as const } }] : []),
  ],
});
