import { defineConfig } from 'vitest/config';

const common = { environment: 'node', testTimeout: 30_000, hookTimeout: 30_000 } as const;

export default defineConfig({
  test: {
    // Two cores are what the slowest machine has; more workers would only starve the timing of each other's tests.
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      { test: { ...common, name: 'conformance', testTimeout: 60_000, include: ['test/conformance/**/*.test.ts'] } },
      { test: { ...common, name: 'rules', include: ['test/rules/**/*.test.ts'] } },
    ],
  },
});
