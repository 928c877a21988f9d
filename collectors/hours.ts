/** What was said hour by hour, of thousands of series within a bound of memory that always holds: the oldest hours go first, then the series that came last. */

/** A series: its hours in order, and the mean of what was said in each; typed, so that an hour costs eight bytes. */
export interface Series {
  readonly number: number
  readonly key: string
  hours: Int32Array
  means: Float32Array
  length: number
}

/** An hour that may still be spoken of: the sum and the number of what was said, and which of its minutes that began in. */
export interface OpenHour {
  readonly series: number
  readonly hour: number
  sum: number
  count: number
  /** Bits of the minutes 0–29, and 30–59. */
  first: number
  second: number
}

export interface Bounds {
  /** Bytes held at most. */
  readonly bytes: number
  /** Hours within which anything is compared, and those kept of every series that is known at all. */
  readonly longest: number
  readonly least: number
}

/** What a series costs beside its key and its hours, and what an hour does: measured with Node 20, rounded up. */
const SERIES_BYTES = 500
const HOUR_BYTES = 8
const OPEN_BYTES = 200
/** Open hours: two of thousands of series. Beyond, the oldest are closed with what was said in them so far. */
const MOST_OPEN = 50_000
const LEAST_SLOTS = 8
const WEEK_HOURS = 168
/** Where there is too much, room is made down to this part of the bound, so that it lasts for a while. */
const REFILL = 0.9
/** Below this part of the bound, series that found no room before are let in. */
const ROOM = 0.6
/** Hours since 1970 are fewer until the year 2209. */
const HOURS = 2 ** 21

/** A store of hours; an hour is its number since 1970-01-01 UTC, a series any text. */
export function openHours({ bytes: most, longest, least }: Bounds) {
  const all = new Map<string, Series>()
  const numbered = new Map<number, Series>()
  const open = new Map<number, OpenHour>()
  const changed = new Set<OpenHour>()
  let fresh: Series[] = []
  let [next, slots, letters, newest] = [0, 0, 0, 0]
  let [full, lost] = [false, false]

  /** Open hours have a quarter of the bound at most. */
  const mostOpen = Math.min(MOST_OPEN, Math.floor(most / 4 / OPEN_BYTES))

  const idOf = (series: number, hour: number) => series * HOURS + hour
  const bytes = () => all.size * SERIES_BYTES + letters + slots * HOUR_BYTES + open.size * OPEN_BYTES

  /** Where an hour is, or belongs. */
  function place({ hours, length }: Series, hour: number): number {
    if (length > 0 && (hours[length - 1] as number) < hour) return length
    let [low, high] = [0, length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((hours[middle] as number) < hour) low = middle + 1
      else high = middle
    }
    return low
  }
  const holds = (series: Series, at: number, hour: number) => at < series.length && series.hours[at] === hour

  function resize(series: Series, size: number, from: number): void {
    const [hours, means] = [new Int32Array(size), new Float32Array(size)]
    hours.set(series.hours.subarray(from, series.length))
    means.set(series.means.subarray(from, series.length))
    slots += size - series.hours.length
    Object.assign(series, { hours, means, length: series.length - from })
  }
  function put(series: Series, hour: number, mean: number): void {
    const at = place(series, hour)
    if (!holds(series, at, hour)) {
      if (series.length === series.hours.length) resize(series, Math.ceil(series.length * 1.5), 0)
      series.hours.copyWithin(at + 1, at, series.length)
      series.means.copyWithin(at + 1, at, series.length)
      series.hours[at] = hour
      series.length += 1
    }
    series.means[at] = mean
    newest = Math.max(newest, hour)
  }
  function add(number: number, key: string): Series | null {
    const known = all.get(key)
    // Dropped and let in again, it is written under two numbers.
    if (known) numbered.set(number, known)
    if (known || full) return known ?? null
    const series = { number, key, hours: new Int32Array(LEAST_SLOTS), means: new Float32Array(LEAST_SLOTS), length: 0 }
    all.set(key, series)
    numbered.set(number, series)
    slots += LEAST_SLOTS
    letters += key.length
    return series
  }
  function close(id: number): void {
    const own = open.get(id)
    if (!own) return
    open.delete(id)
    if (changed.delete(own)) lost = true
  }
  /** Drops the hours of a series before one of them, or all of it. */
  function cut(series: Series, from: number): void {
    for (const hour of series.hours.subarray(0, from)) close(idOf(series.number, hour))
    if (from < series.length) {
      resize(series, Math.max(LEAST_SLOTS, Math.ceil((series.length - from) * 1.25)), from)
      return
    }
    all.delete(series.key)
    numbered.delete(series.number)
    slots -= series.hours.length
    letters -= series.key.length
  }
  function forget(reach: number): void {
    for (const series of all.values()) {
      const from = place(series, newest - reach)
      if (from > 0) cut(series, from)
    }
  }
  function bound(): void {
    // Half of them at once: to look for the oldest of a map again and again is to walk over all that went before.
    if (open.size > mostOpen)
      for (const id of open.keys()) {
        if (open.size <= mostOpen / 2) break
        close(id)
      }
    if (bytes() <= most) return
    for (let reach = longest; bytes() > most * REFILL && reach > least; ) {
      reach = Math.max(least, reach - WEEK_HOURS)
      forget(reach)
    }
    if (bytes() <= most * REFILL) return
    full = true
    for (const series of [...all.values()].reverse()) {
      if (bytes() <= most * REFILL) break
      cut(series, series.length)
    }
  }

  return {
    /** The mean of what was said in an hour; null where nothing was, or it is no longer known. */
    mean(key: string, hour: number): number | null {
      const series = all.get(key)
      if (!series) return null
      const at = place(series, hour)
      return holds(series, at, hour) ? (series.means[at] as number) : null
    },
    /** Notes what was said at a minute of an hour; said again it is noted once, in any order. False where nothing was to be noted. */
    note(key: string, hour: number, minute: number, value: number): boolean {
      if (hour < 0 || hour >= HOURS || newest - hour > longest) return false
      const known = all.get(key)
      const series = known ?? add(next, key)
      if (!series) return false
      if (!known) {
        next += 1
        fresh.push(series)
      }
      const id = idOf(series.number, hour)
      // A closed hour was spoken of before.
      if (!open.has(id) && holds(series, place(series, hour), hour)) return false
      const own = open.get(id) ?? { series: series.number, hour, sum: 0, count: 0, first: 0, second: 0 }
      const [half, bit] = minute < 30 ? (['first', 1 << minute] as const) : (['second', 1 << (minute - 30)] as const)
      if ((own[half] & bit) !== 0) return false
      own[half] |= bit
      own.sum += value
      own.count += 1
      open.set(id, own)
      changed.add(own)
      put(series, hour, own.sum / own.count)
      bound()
      return true
    },
    /** A series as it was written down, under the number its hours are written with. */
    restore(number: number, key: string, hours: Int32Array, means: Float32Array): void {
      const series = add(number, key)
      next = Math.max(next, number + 1)
      if (!series || series.number !== number || hours.length === 0) return
      slots += hours.length - series.hours.length
      Object.assign(series, { hours, means, length: hours.length })
      newest = Math.max(newest, hours[hours.length - 1] as number)
      bound()
    },
    reopen(written: OpenHour): void {
      const series = numbered.get(written.series)
      if (!series) return
      const own = { ...written, series: series.number }
      open.set(idOf(own.series, own.hour), own)
      put(series, own.hour, own.sum / own.count)
      bound()
    },
    /** Forgets what is older than anything is compared with. */
    sweep(): void {
      forget(longest)
      if (full && bytes() < most * ROOM) full = false
    },
    /** The open hours that changed since they were last taken, and the series first heard of since then. */
    changes(): { readonly hours: readonly OpenHour[]; readonly series: readonly Pick<Series, 'number' | 'key'>[] } {
      const taken = { hours: [...changed], series: fresh }
      changed.clear()
      fresh = []
      return taken
    },
    /** All there is, for who writes all of it down. */
    *series(): Generator<Readonly<Series>> {
      lost = false
      yield* all.values()
    },
    opened: (): Iterable<OpenHour> => open.values(),
    /** Whether an hour was closed before its change was taken: it is kept only by writing all down. */
    lost: () => lost,
    /** Bytes held, and whether series that are not known yet find no room. */
    size: () => ({ series: all.size, bytes: bytes(), full }),
  }
}
export type Hours = ReturnType<typeof openHours>
