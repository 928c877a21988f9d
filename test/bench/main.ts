/** `npm run bench`: measures speeds side by side in one run and prints a table; `--json file` also writes them down. */
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { begin } from './begin.ts'
import { beside } from './beside.ts'
import { communes } from './communes.ts'
import { desk } from './desk.ts'
import { fan } from './fan.ts'
import { type Figures, say } from './figures.ts'
import { files } from './files.ts'
import { glass } from './glass.ts'
import { intake } from './intake.ts'
import { many } from './many.ts'
import { memory } from './memory.ts'
import { paint } from './paint.ts'
import { questions } from './questions.ts'
import { replayed } from './replay.ts'
import { restart } from './restart.ts'
import { rules } from './rules.ts'
import { take } from './take.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000,10000000' },
    intake: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '2' },
    watchers: { type: 'string', default: '0,200,1000' },
    files: { type: 'string', default: '1000000,200000' },
    only: { type: 'string', default: '' },
    keep: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'string' },
  },
})

/** Every measurement by name; each runs alone, one after the other. */
const MEASUREMENTS: Readonly<Record<string, () => Promise<readonly Figures[]>>> = {
  begin: async () => [await begin()],
  glass: () => each(values.watchers.split(',').map(Number), glass),
  paint: async () => [await paint()],
  fan: async () => [await fan(200), await fan(1000), await fan(3000)],
  intake: async () => [await intake(Number(values.intake))],
  many: async () => [await many(1000, Number(values.minutes))],
  files: () => {
    const [csv = 0, sheet = 0] = values.files.split(',').map(Number)
    return files(csv, sheet)
  },
  rules: () => each([1000, 10_000], rules),
  replay: async () => [await replayed(450_000)],
  beside: async () => [await beside()],
  communes: async () => [await communes()],
  questions: async () =>
    grown(await each(values.rows.split(',').map(Number), (rows) => questions(rows, values.keep)), YEAR_P95),
  memory: async () => {
    const found: Figures[] = []
    for (const rows of values.rows.split(',').map(Number))
      for (const fetching of [false, true])
        found.push(await memory(rows, Number(values.minutes), fetching, values.keep))
    return found
  },
  desk: () => each(values.rows.split(',').map(Number), (rows) => desk(rows, values.keep)),
  restart: async () => [await restart(values.data)],
  take: async () => [await take()],
}

const YEAR_P95 = '34 units × 365 days p95 ms (goal ≤ 50)'

/** Beside a figure of each size how many times that of the size before it is. */
function grown(all: readonly Figures[], name: string): readonly Figures[] {
  return all.map((one, i) => {
    const before = Number(all[i - 1]?.[name])
    const times = Number((Number(one[name]) / before).toFixed(2))
    return i === 0 ? one : { ...one, [`${name}, times the size before`]: times }
  })
}

async function each(counts: readonly number[], measure: (count: number) => Promise<Figures>) {
  const found: Figures[] = []
  for (const count of counts) found.push(await measure(count))
  return found
}

function table(name: string, all: readonly Figures[]): string {
  const names = [...new Set(all.flatMap((figures) => Object.keys(figures)))]
  const wide = Math.max(...names.map((each) => each.length))
  const lines = names.map(
    (each) =>
      `  ${each.padEnd(wide)}  ${all
        .map((one) => String(one[each] ?? ''))
        .map((cell) => cell.padStart(10))
        .join('')}`,
  )
  return [name, ...lines, ''].join('\n')
}

const wanted = values.only === '' ? Object.keys(MEASUREMENTS) : values.only.split(',')
const unknown = wanted.filter((name) => !(name in MEASUREMENTS))
if (unknown.length > 0) {
  process.stderr.write(`--only ${unknown.join(',')}: one of ${Object.keys(MEASUREMENTS).join(', ')}\n`)
  process.exit(78)
}
const machine = { node: process.version, cores: cpus().length, memory: Math.round(totalmem() / 2 ** 30) }
say(`Node ${machine.node}, ${machine.cores} cores, ${machine.memory} GB\n`)
const results: Record<string, readonly Figures[]> = {}
for (const name of wanted) {
  const figures = (await MEASUREMENTS[name]?.()) ?? []
  results[name] = figures
  say(table(name, figures))
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`)
process.exit(0)
