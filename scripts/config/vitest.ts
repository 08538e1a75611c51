import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const endToEnd = 'test/e2e/**/*.test.ts'
/** Whole processes without a window: nothing of theirs depends on the pace of the machine. */
const commandLine = 'test/e2e/cli-*.test.ts'

const root = join(import.meta.dirname, '../..')

export default defineConfig({
  root,
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [endToEnd],
          maxWorkers: 3,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          include: [commandLine],
          // They start hundreds of processes, each of which would read the same source again.
          env: { NODE_COMPILE_CACHE: join(root, '.cache/node') },
          maxWorkers: 3,
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
