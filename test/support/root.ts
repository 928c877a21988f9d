/** The project's folder, whether these files run as they are (tests) or compiled under build/ (bench, gallery). */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

function above(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : above(dirname(folder))
}

export const ROOT = above(import.meta.dirname)
export const DASHBOARDS = join(ROOT, 'dashboards')
export const BUILT = join(ROOT, 'build')
