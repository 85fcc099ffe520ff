import { defineConfig } from 'vitest/config';

/** Signals of the whole process are sent and listened to: these share it with no other file. */
const alone = ['test/commands/run-loop.test.ts', 'test/ui/show-screen.test.ts'];

const include = ['test/**/*.test.{ts,tsx}'];

export default defineConfig({
  test: {
    pool: 'forks',
    // Twice the cores that CI has: most of the tests wait for servers and terminals.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 20_000,
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
    projects: [
      // A process for each of 200 files costs a third of a second each, which is a quarter of all.
      { extends: true, test: { name: 'together', include, exclude: alone, isolate: false } },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
