/** How tests run: processes of their own, two at a time; soak tests only when SOAK=1. */
import { defineConfig } from 'vitest/config'

const soak = process.env.SOAK === '1'

export default defineConfig({
  cacheDir: '../node_modules/.vite-test',
  test: {
    root: import.meta.dirname,
    include: soak ? ['**/*.soak.test.ts'] : ['**/*.test.ts'],
    exclude: soak ? [] : ['**/*.soak.test.ts'],
    globalSetup: ['support/build.ts'],
    setupFiles: ['support/seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: soak ? 3_600_000 : 30_000,
    hookTimeout: 60_000,
  },
})
