import { defineConfig } from '@playwright/test'

/**
 * The real Electron window and real node processes; no fake bridge, no mocked worker. No retries: a flake is a bug.
 * One worker, because each test runs a whole lab and the machine may be small.
 */
export default defineConfig({
  testDir: 'specs',
  // Says what only a package can have.
  testIgnore: process.env.COLMEIA_PACKAGED === undefined ? ['packaged.spec.ts'] : [],
  outputDir: '../test-results',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  retries: 0,
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  use: { trace: 'off' },
})
