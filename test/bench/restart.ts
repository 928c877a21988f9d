/** Coming back: how long after kill -9 each process does its work again. */
import type { Answers } from '../../kpi/query.ts'
import { startSystem } from '../support/system.ts'
import { type Figures, residentOf, seconds } from './figures.ts'

const NAMES = ['engine', 'collect', 'serve'] as const
const ROUNDS = 5

/** Waits for what `look` finds, looking again every 20 ms; what is not there yet is no error. */
async function until(look: () => Promise<boolean>): Promise<number> {
  for (;;) {
    if (await look().catch(() => false)) return Date.now()
    await new Promise((again) => setTimeout(again, 20))
  }
}

/** Kills each process in turn: the engine and the server are back when a number is answered again, the collectors when they were heard of on that way. `data`: on a filled store. */
export async function restart(data?: string): Promise<Figures> {
  const system = await startSystem({ backfill: '2h', chunk: '1h', ...(data ? { data } : {}) })
  /** Up to when the collectors were heard of, as a screen would read it. */
  const heard = async () => {
    const answer = await fetch(`${system.url}api/readings?indicator=system/source-up&window=latest`)
    const { readings } = (await answer.json()) as Answers['readings']
    return Math.max(...readings.map(({ asOf }) => asOf ?? 0))
  }
  try {
    const begun = Date.now()
    await until(async () => (await heard()) > begun)
    const resident = Object.fromEntries(
      ['engine', 'country', 'collect', 'serve'].map((name) => [name, residentOf(system.pid(name))]),
    )
    const took: Record<string, number[]> = {}
    for (let i = 0; i < ROUNDS; i++)
      for (const name of NAMES) {
        const pid = system.pid(name)
        const killed = Date.now()
        process.kill(pid, 'SIGKILL')
        const back = await until(
          async () => system.pid(name) !== pid && (await heard()) > (name === 'collect' ? killed : 0),
        )
        took[name] = [...(took[name] ?? []), back - killed]
      }
    return {
      ...Object.fromEntries(
        NAMES.map((name) => [`${name} slowest s (goal ≤ 5)`, seconds(Math.max(...(took[name] ?? [])))]),
      ),
      'all processes MB (goal ≤ 1,000)': Object.values(resident).reduce((all, each) => all + each, 0),
      'engine MB': resident.engine ?? Number.NaN,
    }
  } finally {
    await system.stop()
  }
}
