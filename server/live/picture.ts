/** What the glass shows: the facts read for the watched slices, judged again as time passes; tells which readings changed. */
import { boardSlices, type Catalogue } from '../../kpi/catalogue.ts'
import { boardOf } from '../../kpi/parameters.ts'
import { floor, HOUR, windowSpan } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { judgeRead, type Read, readSlices } from '../queries/readings.ts'
import { partSlices } from '../queries/scored.ts'
import type { Store } from '../store/connect.ts'
import { HEALTH_SLICES } from './health.ts'
import { boardKey, type Kept } from './shown.ts'

export interface Picture {
  /** Reads what of `boards` was touched, never read, or has a window that moved; then judges everything at `now`. */
  refresh(boards: ReadonlySet<string>, touched: ReadonlySet<string>, now: number): Promise<void>
  /** Judges what was read, at `now`, without asking the store; answers what differs from what was judged before, and what of it is to be written down. */
  judge(
    boards: ReadonlySet<string>,
    now: number,
  ): { readonly changed: readonly Reading[]; readonly kept: readonly Kept[] }
  /** All readings of a board as last judged, or judged now for the first time. */
  board(id: string, now: number): readonly Reading[]
  /** The keys of a board's slices. */
  slicesOf(board: string): ReadonlySet<string>
  /** The readings of one slice at `now`. */
  slice(slice: Slice, now: number): readonly Reading[]
  /** What was read of a slice, where a screen watches it. */
  read(slice: Slice): Read | undefined
}

export function startPicture(store: Store, catalogue: Catalogue): Picture {
  const reads = new Map<string, Read>()
  const shown = new Map<string, { readonly text: string; readonly hour: number }>()
  let tidied = 0

  function boardSlicesOf(id: string): readonly Slice[] {
    const board = boardOf(catalogue, id)
    return board ? boardSlices(catalogue, board) : []
  }

  function slicesOf(boards: ReadonlySet<string>): readonly Slice[] {
    const wanted = [...boards].flatMap(boardSlicesOf)
    const own = HEALTH_SLICES.filter((slice) => catalogue.indicators.has(slice.indicator))
    return [...new Map([...wanted, ...own].map((slice) => [sliceKey(slice), slice])).values()]
  }

  function readingsOf(slice: Slice, now: number): readonly Reading[] {
    const read = reads.get(sliceKey(slice))
    return read ? judgeRead(catalogue, read, now) : []
  }

  return {
    async refresh(boards, touched, now) {
      const isTouched = (slice: Slice) =>
        [slice, ...partSlices(catalogue, slice)].some(({ indicator }) => touched.has(indicator))
      const outdated = slicesOf(boards).filter((slice) => {
        const read = reads.get(sliceKey(slice))
        const span = windowSpan(slice.window, now)
        return !read || isTouched(slice) || read.facts.span.from !== span.from || read.facts.span.to !== span.to
      })
      // Slices that differ only in `by` are read again together, so that the parts add up to the total in every picture.
      const family = (slice: Slice) => sliceKey({ ...slice, by: [] })
      const families = new Set(outdated.map(family))
      const due = slicesOf(boards).filter((slice) => families.has(family(slice)))
      // What was touched while nobody watched is forgotten, so that the next who looks has it read anew.
      const wanted = new Set(slicesOf(boards).map(sliceKey))
      for (const [key, { slice }] of reads) if (!wanted.has(key) && isTouched(slice)) reads.delete(key)
      for (const read of await readSlices(store, catalogue, due, now, 'pulse')) reads.set(sliceKey(read.slice), read)
    },
    judge(boards, now) {
      const changed: Reading[] = []
      const kept: Kept[] = []
      const hour = floor(now, 'hour')
      /** Whether it says something new; written down too where it was not yet written in this hour. */
      const differs = (slice: string, key: string, text: string) => {
        const before = shown.get(`${slice} ${key}`)
        if (before?.text === text && before.hour === hour) return false
        shown.set(`${slice} ${key}`, { text, hour })
        kept.push({ slice, key, reading: text })
        return before?.text !== text
      }
      for (const slice of slicesOf(boards))
        for (const reading of readingsOf(slice, now))
          if (differs(reading.slice, pointKey(reading.key), JSON.stringify(reading))) changed.push(reading)
      for (const id of boards) differs(boardKey(id), '', JSON.stringify(boardSlicesOf(id).map(sliceKey)))
      // What nobody has watched for an hour is forgotten: there are boards of every member of every dimension.
      if (hour !== tidied) for (const [name, said] of shown) if (said.hour < hour - HOUR) shown.delete(name)
      tidied = hour
      return { changed, kept }
    },
    board: (id, now) => boardSlicesOf(id).flatMap((slice) => readingsOf(slice, now)),
    slicesOf: (id) => new Set(slicesOf(new Set([id])).map(sliceKey)),
    slice: readingsOf,
    read: (slice) => reads.get(sliceKey(slice)),
  }
}
