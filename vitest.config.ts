import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // Twice the cores that CI has: most of the tests wait for servers and terminals.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 20_000,
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
  },
});
