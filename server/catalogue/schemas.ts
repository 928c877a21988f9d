/** Writes dashboards/schema/*.json, by which editors complete and check declarations while they are typed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../log.ts'
import { schemaFiles } from './shape.ts'

const folder = process.argv[2] ?? 'dashboards/schema'
mkdirSync(folder, { recursive: true })
for (const [name, text] of schemaFiles()) {
  writeFileSync(join(folder, name), text)
  say(join(folder, name))
}
