/** How tests run, as they are built: three workers; what starts whole systems in processes of its own, the rest in one after the other; soak tests only when SOAK=1. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const soak = process.env.SOAK === '1'

/** What takes longest begins first, so that nothing long is left alone at the end; what mostly waits begins beside what mostly computes. */
const LONG = [
  'journeys/families',
  'journeys/kill',
  'server/care/backup',
  'browser/standing',
  'browser/gallery',
  'browser/desk',
  'journeys/incidents',
  'browser/map',
  'browser/shipped',
  'laws/fold',
  'browser/wall',
  'browser/director',
  'journeys/live',
  ...['server/engine/', 'laws/', 'browser/', 'server/supervise', 'journeys/', 'server/care/', 'collectors/crash'],
]
/** What changes its process for good (surroundings, hooks of a whole file) or is long anyway gets one of its own. */
const ALONE = [
  ...['journeys/**', 'browser/**', 'server/care/**', 'server/supervise*'],
  ...['laws/{fold,knowing}*', 'server/engine/{main,killed,contract,refuse,full,power}*'],
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((part) => moduleId.includes(`/test/${part}`))
      return place < 0 ? LONG.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

const ending = soak ? '.soak.test.js' : '.test.js'
const never = soak ? [] : ['**/*.soak.test.js']
const alone = ALONE.map((pattern) => (pattern.endsWith('**') ? `${pattern}/*${ending}` : `${pattern}${ending}`))

export default defineConfig({
  cacheDir: '../../node_modules/.vite-test',
  test: {
    root: import.meta.dirname,
    // Node itself loads what is tested, as it is built and as it runs: to take it through the runner's own loader costs more than many a test.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ['--enable-source-maps'],
    setupFiles: ['support/seed.js'],
    pool: 'forks',
    // One more than the least machine has cores: whoever waits for an engine, a browser or a process leaves its core to the others.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // A limit ends what hangs, far beyond what anything takes on a machine ten times as slow; how fast things are is measured by test/bench.
    testTimeout: soak ? 3_600_000 : 900_000,
    hookTimeout: 900_000,
    teardownTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'alone', include: alone, exclude: never } },
      // Modules, the project's declarations and the engine lent stay from one file to the next.
      {
        extends: true,
        test: { name: 'together', include: [`**/*${ending}`], exclude: [...never, ...alone], isolate: false },
      },
    ],
  },
})
