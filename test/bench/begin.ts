/** The beginning: how long from the command to the first number, what the processes hold then, and what a wall downloads. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Answers } from '../../kpi/query.ts'
import { BUILT } from '../support/root.ts'
import { startSystem } from '../support/system.ts'
import { type Figures, residentOf, seconds } from './figures.ts'

const NAMES = ['engine', 'country', 'collect', 'serve'] as const

/** What a wall's page downloads as JavaScript: every script but those only asked for later, as sent. */
export function scripts(): { readonly bytes: number; readonly packed: number } {
  const folder = join(BUILT, 'pages')
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, name = '']) => name)
  const texts = named.map((name) => readFileSync(join(folder, name)))
  return {
    bytes: texts.reduce((all, text) => all + text.byteLength, 0),
    packed: texts.reduce((all, text) => all + gzipSync(text).byteLength, 0),
  }
}

/** Waits for what `look` finds, looking again every 20 ms. */
async function found<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const seen = await look().catch(() => null)
    if (seen !== null) return seen
    await new Promise((again) => setTimeout(again, 20))
  }
}

/** Starts the whole system on an empty folder. */
export async function begin(): Promise<Figures> {
  const started = performance.now()
  const system = await startSystem({ backfill: '60d', chunk: '1h' })
  try {
    const ready = performance.now() - started
    await found(async () => {
      const answer = await fetch(`${system.url}api/readings?indicator=interchange/sent`)
      const { readings } = (await answer.json()) as Answers['readings']
      return readings[0]?.value ?? null
    })
    const first = performance.now() - started
    const memory = Object.fromEntries(NAMES.map((name) => [`${name} MB`, residentOf(system.pid(name))]))
    const total = Object.values(memory).reduce((all, each) => all + each, 0)
    const { bytes, packed } = scripts()
    return {
      'processes ready s': seconds(ready),
      'first number s': seconds(first),
      ...memory,
      'all processes MB': total,
      'wall JavaScript kB': Math.round(bytes / 1024),
      'wall JavaScript gzip kB': Math.round(packed / 1024),
      scripts: readdirSync(join(BUILT, 'client/assets')).filter((name) => name.endsWith('.js')).length,
    }
  } finally {
    await system.stop()
  }
}
