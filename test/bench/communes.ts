/** What an operator's table of communes costs when declarations are read: the project's own, without it and with all 3,321. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCatalogue } from '../../server/catalogue/load.ts'
import { DASHBOARDS } from '../support/root.ts'
import type { Figures } from './figures.ts'

const COMMUNES = 3321
const RUNS = 5

/** The median of a few readings of a folder, milliseconds. */
function loading(folder: string): number {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now()
    const { problems } = loadCatalogue(folder, { variable: () => 'http://127.0.0.1:9', mode: 'demo' })
    if (problems.length > 0) throw new Error(JSON.stringify(problems[0]))
    return performance.now() - began
  })
  return Math.round(times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0)
}

/** Reads the declarations of this project without and with a table of all communes. */
export async function communes(): Promise<Figures> {
  const home = mkdtempSync(join(tmpdir(), 'toan-canh-communes-'))
  try {
    const folder = join(home, 'dashboards')
    cpSync(DASHBOARDS, folder, { recursive: true })
    const without = loading(folder)
    const rows = Array.from(
      { length: COMMUNES },
      (_, i) => `${String(i + 1).padStart(5, '0')},Xã ${i % 900},Xã,${i % 2 ? '01' : '52'},2025-07-01`,
    )
    writeFileSync(
      join(folder, 'dimensions/unit/communes.csv'),
      `code:commune,name,kind,parent:qd19,from\n${rows.join('\n')}\n`,
    )
    const both = loading(folder)
    return { 'without ms': without, 'with all communes ms': both, 'the table alone ms': both - without }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
