import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const endToEnd = 'test/e2e/**/*.test.ts'
/** Whole processes without a window: nothing of theirs depends on the pace of the machine. */
const commandLine = 'test/e2e/cli-*.test.ts'

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [endToEnd],
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          include: [commandLine],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [endToEnd],
          exclude: [commandLine],
          globalSetup: 'test/e2e/support/global-setup.ts',
          // One at a time and after the rest: they start whole apps, and some measure time.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
