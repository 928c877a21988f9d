/** Where a running house answers, and with which key it is asked. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../settings.ts'

/** Where the house is: as people reach it, as it wrote down when it started, or where it would listen. */
export function addressOf({ publicUrl, data, host, port }: Settings): string {
  if (publicUrl !== undefined) return publicUrl
  try {
    const { url } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { url?: string }
    if (url !== undefined) return url
  } catch {}
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/`
}

/** The address of the demonstration country of a running house; undefined where none runs. */
export function countryOf({ data }: Settings): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { country?: string }).country
  } catch {
    return undefined
  }
}

/** KEY, or the only key there is. */
export function keyOf({ key, keys }: Settings): string | undefined {
  const [only, ...others] = [...keys.values()]
  return key ?? (others.length === 0 ? only : undefined)
}
