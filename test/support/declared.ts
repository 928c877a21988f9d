/** The declarations of the project itself for tests, parsed once for all files of a run and of the next. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Loaded, loadCatalogue } from '../../server/catalogue/load.ts'
import { openMemory } from '../../server/catalogue/memory.ts'
import { DASHBOARDS, ROOT } from './root.ts'

/** What the declarations said when they were parsed last, by their text: whoever starts a process here may begin with a copy. */
const MEMORY = join(ROOT, 'node_modules/.vite-test/declarations.json')

let loaded: Loaded | undefined

/** Everything that was declared, as `npm start` loads it. */
export function projectDeclarations(): Loaded {
  loaded ??= loadCatalogue(DASHBOARDS, {
    variable: () => 'http://127.0.0.1:1',
    mode: 'demo',
    memory: openMemory(MEMORY),
  })
  return loaded
}

/** The catalogue of the project. Throws when a declaration is wrong. */
export function projectCatalogue(): Catalogue {
  const { catalogue, problems } = projectDeclarations()
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return catalogue
}

/** Lets a process with this data folder begin with what the declarations said, as one that comes back does. */
export function remembering(data: string): string {
  projectDeclarations()
  mkdirSync(data, { recursive: true })
  if (existsSync(MEMORY)) copyFileSync(MEMORY, join(data, 'declarations.json'))
  return data
}
