/** A process of its own that takes one large file, by the whole way or by the bare parser, and says how long it took and how much memory. */
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { parse } from 'csv-parse'
import { SaxesParser } from 'saxes'
import { openPromise } from 'yauzl'
import { startCollectors } from '../../collectors/start.ts'
import { SourceFile } from '../../kpi/source.ts'
import { projectCatalogue } from '../support/store.ts'

export interface Taken {
  readonly rows: number
  readonly seconds: number
  /** The most memory it held above what it held idle, megabytes. */
  readonly above: number
}

const kilobytes = (name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1])

const members = { unit: { field: 'h_code', codes: 'qcvn102' } }

/** The whole way, to a store that takes everything at once. */
async function whole(path: string): Promise<() => Promise<number>> {
  const catalogue = projectCatalogue()
  const declared = SourceFile.parse({
    ...{
      title: { vi: 'Đo', en: 'Bench' },
      kind: 'files',
      path: basename(path),
      arrival: 'at-once',
      every: '* * * * * *',
    },
    ...{ format: path.endsWith('.xlsx') ? 'xlsx' : 'csv' },
    observations: [
      {
        indicator: 'interchange/sent',
        from: { field: 'period', format: 'yyyyMMddHHmmss' },
        span: '5m',
        value: 'sent',
        members,
      },
    ],
  })
  const source = { ...declared, id: 'bench/file', folder: dirname(path) }
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-taking-'))
  const ids = new Set<string>()
  let rows = 0
  const collectors = startCollectors({
    catalogue: { ...catalogue, sources: new Map([[source.id, source]]) },
    folder,
    now: () => Date.UTC(2026, 10, 20),
    log: {
      info: () => {},
      warn: (text) => process.stderr.write(`${text}\n`),
      error: (text) => process.stderr.write(`${text}\n`),
    },
    async deliver(batches) {
      for (const { id, observations } of batches) {
        if (observations[0]?.source !== source.id || ids.has(id)) continue
        ids.add(id)
        rows += observations.length
      }
    },
  })
  return async () => {
    await collectors.tick()
    await collectors.idle()
    await collectors.stop()
    rmSync(folder, { recursive: true, force: true })
    return rows
  }
}

async function bareCsv(path: string): Promise<number> {
  let rows = 0
  for await (const _ of createReadStream(path).pipe(parse({ columns: true }))) rows += 1
  return rows
}

/** The sheet unpacked and parsed as XML, its rows counted. */
async function bareXlsx(path: string): Promise<number> {
  const zip = await openPromise(path)
  let rows = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== 'xl/worksheets/sheet1.xml') continue
    const parser = new SaxesParser()
    parser.on('closetag', ({ name }) => {
      if (name === 'row') rows += 1
    })
    const decoder = new TextDecoder()
    for await (const piece of await zip.openReadStreamPromise(entry))
      parser.write(decoder.decode(piece as Buffer, { stream: true }))
  }
  return rows - 1
}

const [way = '', path = ''] = process.argv.slice(2)
const work = way === 'whole' ? await whole(path) : () => (path.endsWith('.xlsx') ? bareXlsx(path) : bareCsv(path))
await (await open(path)).close()
globalThis.gc?.()
const idle = kilobytes('VmRSS')
// The peak so far is forgotten.
writeFileSync('/proc/self/clear_refs', '5')
const begun = performance.now()
const rows = await work()
const taken: Taken = {
  rows,
  seconds: (performance.now() - begun) / 1000,
  above: Math.round((kilobytes('VmHWM') - idle) / 1024),
}
process.send?.(taken)
process.disconnect?.()
