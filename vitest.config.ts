import { defineConfig } from 'vitest/config'

/**
 * Four projects, from fast to whole: unit (cores, stores, codecs), sim (many seeds), contract (the real drivers),
 * cluster (real worker processes on loopback). `npm run check` runs the first two, `npm test` all of them.
 */
const exclude = ['**/node_modules/**', 'out/**', 'dist/**', '.runtime/**', 'e2e/**']

export default defineConfig({
  test: {
    exclude,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{node-runtime,electron,renderer,tools,bench}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.{sim,contract,cluster}.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'sim', include: ['node-runtime/**/*.sim.test.ts'], exclude, testTimeout: 300_000 } },
      {
        test: {
          name: 'contract',
          include: ['{node-runtime,electron,tools}/**/*.contract.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['{node-runtime,bench}/**/*.cluster.test.ts'],
          exclude,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
