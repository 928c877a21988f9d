/** What a source said at the same hour of like days before, kept beside its cursor: by it a jump is known at the border. */
import { join } from 'node:path'
import { PUBLIC_SECTOR } from '../kpi/calendar.ts'
import { dayOf, isWeekend } from '../kpi/calendar-days.ts'
import { kindOf } from '../kpi/calendar-kind.ts'
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Indicator } from '../kpi/indicator.ts'
import { FEWEST, jumped } from '../kpi/plausible.ts'
import { DAY, HOUR, MINUTE } from '../kpi/range.ts'
import type { Source } from '../kpi/source.ts'
import type { Text } from '../kpi/text.ts'
import { written } from './cursor.ts'
import { type Disk, fileName } from './disk.ts'
import { openHours } from './hours.ts'
import type { Statement } from './map.ts'
import { hear, keyLine, lineOf, seriesLine } from './usual-file.ts'

/** So many weeks further back like days are looked for: holidays are like holidays only. */
const MORE_WEEKS = 4
/** While there are too few weeks: how many days back the same hour of like days is looked for, and how many of them are enough. */
const DAYS_BACK = 14
const MOST_DAYS = 5
const WEEK = 7 * DAY
/** Bytes of memory of one source: some 5,000 hourly series with four weeks of each, 9,000 with what days need. */
const MOST_BYTES = 48 * 1024 ** 2
/** So many changed hours are written down at once, and at the latest after an hour. */
const MOST_CHANGED = 20_000
/** Characters written at once. */
const CHUNK = 256 * 1024
/** Lines of hours after which all is written anew, much shorter. */
const MOST_LINES = 200_000

export interface Usual {
  /** Why a statement is a jump, as a reason code; null when it is none or nothing is known to compare it with. */
  jump(statement: Statement, indicator: Indicator): string | null
  /** Takes note of what was said, jumps too: what lasts is usual in the end. */
  note(statement: Statement, indicator: Indicator): void
  /** Writes it down where an hour has passed since it was, much has changed, or `whole`. Never rejects: it is read again from what is said anew. */
  save(now: number, whole?: boolean): Promise<void>
  /** Bytes of memory held, and whether series that are not known yet find no room. */
  size(): { readonly series: number; readonly bytes: number; readonly full: boolean }
}

/** Which days are compared: a working Monday with working Mondays. */
export type Like = (at: number) => string | null

export function likeOf(calendars: Catalogue['calendars'] | undefined): Like {
  const calendar = calendars?.get(PUBLIC_SECTOR)
  const known = new Map<number, string | null>()
  return (at) => {
    const day = dayOf(at)
    if (!known.has(day)) known.set(day, calendar ? kindOf(calendar, day) : isWeekend(day) ? 'weekend' : 'worked')
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

const seriesOf = ({ indicator, members, from, to }: Statement) => `["${indicator}",${written(members)},${to - from}]`

export interface UsualOptions {
  readonly most?: number
  /** Told once where there are more series than are remembered. */
  readonly warn?: (wrong: Text) => void
}

const tooMany = (source: string, series: number): Text => ({
  vi: `${source}: chỉ nhớ mức thường của ${series} chuỗi đầu (plausible.jump); chuỗi khác không được so. Hãy tách nguồn, hoặc bỏ jump ở chỉ tiêu không cần`,
  en: `${source}: what is usual is remembered of the first ${series} series only (plausible.jump); others are not compared. Split the source, or leave jump out where it is not needed`,
})

/** Opens what is kept for a source; null where no indicator of it declares `plausible.jump`. A file that cannot be read is begun again. */
export async function openUsual(
  disk: Disk,
  folder: string,
  source: Source,
  catalogue: Pick<Catalogue, 'indicators'> & Partial<Pick<Catalogue, 'calendars'>>,
  { most = MOST_BYTES, warn = () => {} }: UsualOptions = {},
): Promise<Usual | null> {
  if (!looksAt(source, catalogue)) return null
  const like = likeOf(catalogue.calendars)
  const place = join(folder, 'usual')
  const path = join(place, `${fileName(source.id)}.log`)
  const weeks = Math.max(...[...catalogue.indicators.values()].map(({ plausible }) => plausible.jump?.weeks ?? 0))
  const hours = openHours({
    ...{ bytes: most, longest: ((weeks + MORE_WEEKS) * WEEK) / HOUR, least: (DAYS_BACK * DAY) / HOUR },
  })
  let [lines, saved, changed, begun, full] = [0, 0, 0, false, false]
  try {
    for await (const line of disk.lines(path)) {
      hear(line, hours)
      ;[lines, begun] = [lines + 1, true]
    }
  } catch {
    // What could be read is known; the rest is heard again.
  }

  /** What was said at the same hour of like days, one step back after another. */
  function before(key: string, from: number, step: number, steps: number, enough: number): readonly number[] {
    const own = like(from)
    const found: number[] = []
    for (let back = 1; back <= steps && found.length < enough; back++) {
      const at = from - back * step
      const mean = like(at) === own ? hours.mean(key, Math.floor(at / HOUR)) : null
      if (mean !== null) found.push(mean)
    }
    return found
  }

  /** All of it, in the fewest lines; beside the file and then in its place. */
  async function rewrite(): Promise<void> {
    const draft = `${path}.tmp`
    await disk.remove(draft)
    let [piece, count] = ['', 0]
    const write = async (line: string) => {
      piece += `${line}\n`
      count += 1
      if (piece.length < CHUNK) return
      await disk.append(draft, piece)
      piece = ''
    }
    for (const series of hours.series()) await write(seriesLine(series))
    for (const own of [...hours.opened()]) await write(lineOf(own))
    await disk.append(draft, piece)
    await disk.sync(draft)
    await disk.move(draft, path)
    await disk.syncFolder(place)
    lines = count
  }

  return {
    size: hours.size,
    jump(statement, indicator) {
      const rule = indicator.plausible.jump
      if (!rule) return null
      const key = seriesOf(statement)
      const [value, at] = [Number(statement.value), statement.from]
      const habit = before(key, at, WEEK, rule.weeks + MORE_WEEKS, rule.weeks)
      if (habit.length >= FEWEST) return jumped(value, habit, rule)
      return jumped(value, before(key, at, DAY, DAYS_BACK, MOST_DAYS), rule, 'days')
    },
    note(statement, indicator) {
      if (!indicator.plausible.jump || statement.state === 'withdrawn') return
      const hour = Math.floor(statement.from / HOUR)
      const minute = Math.floor((statement.from - hour * HOUR) / MINUTE)
      if (hours.note(seriesOf(statement), hour, minute, Number(statement.value))) changed += 1
    },
    async save(now, whole = false) {
      const hour = Math.floor(now / HOUR)
      if (hours.size().full && !full) warn(tooMany(source.id, hours.size().series))
      full = hours.size().full
      if (changed === 0 || (!whole && hour === saved && changed < MOST_CHANGED)) return
      ;[saved, changed] = [hour, 0]
      hours.sweep()
      const { hours: news, series } = hours.changes()
      try {
        if (!begun) await disk.makeFolder(place)
        if (!begun || hours.lost() || lines + news.length > MOST_LINES) await rewrite()
        else if (news.length > 0) {
          const said = [...series.map(keyLine), ...news.map(lineOf)]
          // A line an earlier write was cut off in ends here.
          await disk.append(path, `\n${said.join('\n')}\n`)
          lines += said.length
        }
        begun = true
      } catch {
        // A disk that refuses is spoken of by the source's own batches; next time all is written.
        begun = false
      }
    },
  }
}
