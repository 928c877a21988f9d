/** How tests run: processes of their own, two at a time; soak tests only when SOAK=1. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const soak = process.env.SOAK === '1'

/** What takes longest begins first, so that nothing long is left alone at the end. */
const LONG = ['journeys/kill', 'journeys/', 'browser/', 'server/care/', 'laws/']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((part) => moduleId.includes(`/test/${part}`))
      return place < 0 ? LONG.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

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
    sequence: { sequencer: LongestFirst },
    testTimeout: soak ? 3_600_000 : 30_000,
    hookTimeout: 120_000,
  },
})
