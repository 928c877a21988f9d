/** The project's folder and what is in it; these files run compiled, under build/. */
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../../..')
export const DASHBOARDS = join(ROOT, 'dashboards')
export const BUILT = join(ROOT, 'build')
