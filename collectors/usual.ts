/** What a source said at the same hour of like weekdays in the weeks before, kept beside its cursor: by it a jump is known at the border. */
import { join } from 'node:path'
import { PUBLIC_SECTOR } from '../kpi/calendar.ts'
import { dayOf } from '../kpi/calendar-days.ts'
import { kindOf } from '../kpi/calendar-kind.ts'
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Indicator } from '../kpi/indicator.ts'
import { jumped } from '../kpi/plausible.ts'
import { DAY, HOUR, MINUTE } from '../kpi/range.ts'
import type { Source } from '../kpi/source.ts'
import { type Disk, fileName, writeDurably } from './disk.ts'
import type { Statement } from './map.ts'

/** So many weeks further back like days are looked for: holidays are like holidays only. */
const MORE_WEEKS = 4
const WEEK = 7 * DAY
/** The most hours kept of one source; beyond, the oldest go. About 40 MB of memory. */
const MOST_HOURS = 300_000

/** What was said in an hour: the sum and the number of its statements, and which minutes of it they began in. */
type Hour = [sum: number, count: number, first: number, second: number]

export interface Usual {
  /** Why a statement is a jump, as a reason code; null when it is none or nothing is known to compare it with. */
  jump(statement: Statement, indicator: Indicator): string | null
  /** Takes note of what was said, jumps too: what lasts is usual in the end. */
  note(statement: Statement, indicator: Indicator): void
  /** Writes it down where an hour has passed since it was, or `whole`. Never rejects: it is read again from what is said anew. */
  save(now: number, whole?: boolean): Promise<void>
}

/** Which days are compared: a working Monday with working Mondays. */
export type Like = (at: number) => string | null

export function likeOf(calendars: Catalogue['calendars'] | undefined): Like {
  const calendar = calendars?.get(PUBLIC_SECTOR)
  const known = new Map<number, string | null>()
  return (at) => {
    const day = dayOf(at)
    if (!known.has(day)) known.set(day, calendar ? kindOf(calendar, day) : null)
    return known.get(day) ?? null
  }
}

/** Whether anything a source states is looked at for jumps. */
const looksAt = (source: Source, { indicators }: Pick<Catalogue, 'indicators'>) =>
  source.observations.some(({ indicator }) =>
    typeof indicator === 'string'
      ? indicators.get(indicator)?.plausible.jump !== undefined
      : [...indicators.values()].some(({ plausible }) => plausible.jump),
  )

const seriesOf = ({ indicator, members, from, to }: Statement) =>
  JSON.stringify([indicator, Object.entries(members), to - from])

/** Opens what is kept for a source; null where no indicator of it declares `plausible.jump`. A file that cannot be read is begun again. */
export async function openUsual(
  disk: Disk,
  folder: string,
  source: Source,
  catalogue: Pick<Catalogue, 'indicators'> & Partial<Pick<Catalogue, 'calendars'>>,
): Promise<Usual | null> {
  if (!looksAt(source, catalogue)) return null
  const like = likeOf(catalogue.calendars)
  const place = join(folder, 'usual')
  const path = join(place, `${fileName(source.id)}.json`)
  const series = new Map<string, Map<number, Hour>>()
  let [newest, size, saved, dirty] = [0, 0, 0, false]
  const longest = () =>
    Math.max(...[...catalogue.indicators.values()].map(({ plausible }) => plausible.jump?.weeks ?? 0)) + MORE_WEEKS

  try {
    const kept = JSON.parse((await disk.read(path)) ?? '[]') as readonly [string, readonly [number, ...Hour][]][]
    for (const [key, hours] of kept) {
      series.set(key, new Map(hours.map(([hour, ...own]) => [hour, own])))
      size += hours.length
      newest = Math.max(newest, ...hours.map(([hour]) => hour))
    }
    saved = newest
  } catch {
    series.clear()
    ;[newest, size] = [0, 0]
  }

  /** What is older than anything is compared with goes; and more, where there is too much. */
  function sweep() {
    for (let weeks = longest(); weeks > 0; weeks--) {
      const oldest = newest - (weeks * WEEK) / HOUR - 1
      for (const [key, hours] of series) {
        for (const hour of hours.keys()) if (hour < oldest && hours.delete(hour)) size -= 1
        if (hours.size === 0) series.delete(key)
      }
      if (size <= MOST_HOURS) return
    }
  }

  return {
    jump(statement, indicator) {
      const rule = indicator.plausible.jump
      const hours = rule && series.get(seriesOf(statement))
      if (!rule || !hours) return null
      const own = like(statement.from)
      const before: number[] = []
      for (let back = 1; back <= rule.weeks + MORE_WEEKS && before.length < rule.weeks; back++) {
        const at = statement.from - back * WEEK
        const hour = like(at) === own ? hours.get(Math.floor(at / HOUR)) : undefined
        if (hour) before.push(hour[0] / hour[1])
      }
      return jumped(Number(statement.value), before, rule)
    },
    note(statement, indicator) {
      if (!indicator.plausible.jump || statement.state === 'withdrawn') return
      const at = Math.floor(statement.from / HOUR)
      if (newest - at > (longest() * WEEK) / HOUR) return
      const key = seriesOf(statement)
      const hours = series.get(key) ?? new Map<number, Hour>()
      series.set(key, hours)
      const hour = hours.get(at) ?? [0, 0, 0, 0]
      const minute = Math.floor((statement.from - at * HOUR) / MINUTE)
      const [half, bit] = [minute < 30 ? 2 : 3, 1 << (minute % 30)] as const
      // Asked again and again, the same hour says the same: it counts once.
      if ((hour[half] & bit) !== 0) return
      hour[half] |= bit
      hour[0] += Number(statement.value)
      hour[1] += 1
      if (hour[1] === 1) size += 1
      hours.set(at, hour)
      newest = Math.max(newest, at)
      dirty = true
    },
    async save(now, whole = false) {
      const hour = Math.floor(now / HOUR)
      if (!dirty || (!whole && hour === saved)) return
      sweep()
      try {
        await disk.makeFolder(place)
        await writeDurably(
          disk,
          path,
          JSON.stringify([...series].map(([key, hours]) => [key, [...hours].map(([at, own]) => [at, ...own])])),
        )
        ;[saved, dirty] = [hour, false]
      } catch {
        // A disk that refuses is spoken of by the source's own batches.
      }
    },
  }
}
