/** `npm run verify`: says everything that is wrong with the declarations, or one line of counts; `-- --lock` locks what is not yet in versions.lock. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { complain, say } from '../log.ts'
import { BAD_CONFIGURATION, readSettings, variable } from '../settings.ts'
import { loadCatalogue } from './load.ts'
import { LOCK, writeLock } from './lock.ts'
import { problemLine, report } from './report.ts'

/** `npm start` runs the demonstration country itself and gives its address; a check of files needs only some address. */
const COUNTRY = 'http://127.0.0.1:8090'

const read = readSettings()
if (read.ok) {
  const { dashboards, mode, language } = read.settings
  const known = (name: string) => variable(name) ?? (name === 'COUNTRY_URL' && mode === 'demo' ? COUNTRY : undefined)
  const given = process.argv.slice(2)
  const folder = given.find((one) => !one.startsWith('--')) ?? dashboards
  const options = { variable: known, mode }
  let loaded = loadCatalogue(folder, options)
  if (given.includes('--lock') && loaded.problems.length === 0) {
    writeFileSync(join(folder, LOCK), writeLock(loaded.locked, loaded.catalogue.indicators.values()))
    loaded = loadCatalogue(folder, options)
  }
  const tell = loaded.problems.length > 0 ? complain : say
  for (const line of report(loaded, language)) tell(line)
  process.exitCode = loaded.problems.length > 0 ? 1 : 0
} else {
  for (const problem of read.problems) complain(problemLine(problem, read.language))
  process.exitCode = BAD_CONFIGURATION
}
