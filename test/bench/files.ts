/** Large files: a CSV and a sheet from disk through border, outbox and cursor, beside the bare parsers, and the memory each holds. */
import { fork } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { workbook } from '../../collectors/country/workbook.ts'
import { MINUTE, ZONE_OFFSET } from '../../kpi/range.ts'
import { projectCatalogue } from '../support/store.ts'
import { type Figures, seconds } from './figures.ts'
import type { Taken } from './taking.ts'

const SPAN = 5 * MINUTE
const BEGIN = Date.UTC(2026, 0, 1)

function* rowsOf(count: number): Generator<readonly [string, string, number]> {
  const units = [...(projectCatalogue().dimensions.get('unit')?.members.values() ?? [])]
  const codes = units
    .flatMap(({ codes, to }) => (to === undefined ? codes.filter(({ system }) => system === 'qcvn102') : []))
    .map(({ code }) => code)
  for (let i = 0; i < count; i++) {
    const at = BEGIN + Math.floor(i / codes.length) * SPAN
    const period = new Date(at + ZONE_OFFSET).toISOString().replace(/\D/g, '').slice(0, 14)
    yield [codes[i % codes.length] ?? '', period, i % 97]
  }
}

const HEAD = ['h_code', 'period', 'sent'] as const

async function write(path: string, count: number): Promise<void> {
  function* lines() {
    yield `${HEAD.join(',')}\n`
    for (const row of rowsOf(count)) yield `${row.join(',')}\n`
  }
  function* rows() {
    yield HEAD
    yield* rowsOf(count)
  }
  await pipeline(path.endsWith('.xlsx') ? workbook('Số liệu', rows()) : Readable.from(lines()), createWriteStream(path))
}

const take = (way: 'whole' | 'bare', path: string): Promise<Taken> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('taking.js', import.meta.url)), [way, path], { execArgv: ['--expose-gc'] })
    child.on('message', (message) => resolve(message as Taken))
    child.on('exit', (code) => reject(new Error(`taking ${path} ended with ${code}`)))
  })

/** Takes a CSV of `csv` rows and a sheet of `sheet` rows, each in a process of its own. */
export async function files(csv: number, sheet: number): Promise<readonly Figures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-files-'))
  const found: Figures[] = []
  try {
    for (const [name, count] of [
      ['so-lieu.csv', csv],
      ['so-lieu.xlsx', sheet],
    ] as const) {
      const path = join(folder, name)
      await write(path, count)
      const [bare, whole] = [await take('bare', path), await take('whole', path)]
      if (whole.rows !== count || bare.rows !== count)
        throw new Error(`${name}: ${count} rows written, ${whole.rows} taken, ${bare.rows} parsed`)
      found.push({
        file: name.slice(-4),
        rows: count,
        'whole way s': seconds(whole.seconds * 1000),
        'bare parser s': seconds(bare.seconds * 1000),
        'rows per second': Math.round(count / whole.seconds),
        'bare rows per second': Math.round(count / bare.seconds),
        'ratio to the bare parser': Number((bare.seconds / whole.seconds).toFixed(2)),
        'MB above idle (goal ≤ 300)': whole.above,
        'bare MB above idle': bare.above,
      })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return found
}
