/** The words behind a command, or the sentence that says how it is used. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Text } from '../../kpi/text.ts'
import { Unable } from './unable.ts'

export function folderOf(args: readonly string[], name: 'to' | 'from'): string {
  const usage: Text = {
    vi: `Cách dùng: npm run ${name === 'to' ? 'backup' : 'restore'} -- --${name} <thư mục>`,
    en: `Usage: npm run ${name === 'to' ? 'backup' : 'restore'} -- --${name} <folder>`,
  }
  try {
    const { values } = parseArgs({ args: [...args], options: { [name]: { type: 'string' } }, strict: true })
    const folder = values[name]
    if (typeof folder === 'string' && folder !== '') return resolve(folder)
  } catch {}
  throw new Unable(usage)
}

export function flagsOf(args: readonly string[]): { readonly all: boolean; readonly repair: boolean } {
  try {
    const options = { all: { type: 'boolean', default: false }, repair: { type: 'boolean', default: false } } as const
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch {
    throw new Unable({
      vi: 'Cách dùng: npm run doctor -- [--all] [--repair]',
      en: 'Usage: npm run doctor -- [--all] [--repair]',
    })
  }
}

export interface Asked {
  readonly word: 'release' | 'refuse' | undefined
  readonly id: string
  readonly reason: string
  /** How far back spans are listed. */
  readonly days: number
}

export function heldOf(args: readonly string[]): Asked {
  const days = 90
  try {
    const options = { reason: { type: 'string', default: '' }, days: { type: 'string', default: `${days}` } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const [word, id = '', ...more] = positionals
    const whole = word === undefined || (id !== '' && values.reason.trim() !== '')
    const known = word === undefined || word === 'release' || word === 'refuse'
    if (known && whole && more.length === 0 && /^\d{1,5}$/.test(values.days))
      return { word, id, reason: values.reason, days: Number(values.days) }
  } catch {}
  throw new Unable({
    vi: 'Cách dùng: npm run held -- [--days 90]  |  npm run held -- release <mã> --reason "…"  |  npm run held -- refuse <mã> --reason "…"',
    en: 'Usage: npm run held -- [--days 90]  |  npm run held -- release <id> --reason "…"  |  npm run held -- refuse <id> --reason "…"',
  })
}
