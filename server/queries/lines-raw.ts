/** A line read bucket by bucket, of all who speak: who they are is known from before, so that the store neither filters nor groups, which costs it more than the rows. */
import type { Members } from '../../kpi/observation.ts'
import type { Grain } from '../../kpi/range.ts'
import { columnOf, decimalAt, momentAt, readBlocks } from '../store/binary.ts'
import type { Store } from '../store/connect.ts'
import { ALONE } from '../store/levels.ts'
import { type LineAsk, type LineRow, startRow } from './lines.ts'
import { type Name, namesOf, type Run, runsOf } from './runs.ts'

export interface RawAsk extends Pick<LineAsk, 'params' | 'from' | 'step' | 'stands' | 'ratio'> {
  readonly grain: Grain
  readonly indicator: string
  /** FROM and the condition on the key. */
  readonly rows: string
  /** Who is meant. */
  readonly keeps: (members: Members) => boolean
}

/** Reads what was asked: one row or more of each series, in any order. Errors: the store's; a series nobody can name, which is never left out. */
export async function readRaw(store: Store, ask: RawAsk, signal?: AbortSignal): Promise<readonly LineRow[]> {
  const columns = ['series', '"from"', '"to"', 'value', ask.ratio ? 'base' : '', ask.stands ? 'at' : '']
  const sql = `SELECT ${[...columns, 'spans', 'held', 'corrected'].filter(Boolean).join(', ')} FROM ${ask.rows} ${ALONE} FORMAT Native`
  const blocks = readBlocks(await store.bytes('ask', sql, ask.params, signal))
  const runs = blocks.flatMap(runsOf)
  const nameOf = await namesOf(store, { ...ask, purpose: 'ask', indicators: [ask.indicator] }, runs, signal)
  const rows: LineRow[] = []
  for (const run of runs) {
    const name = nameOf(run)
    if (ask.keeps(name.members)) rows.push(rowOf(run, name, ask))
  }
  return rows
}

function rowOf({ block, first, end }: Run, name: Name, ask: RawAsk): LineRow {
  const [begins, ends, values] = [columnOf(block, 'from'), columnOf(block, 'to'), columnOf(block, 'value')]
  const bases = ask.ratio ? columnOf(block, 'base') : null
  const moments = ask.stands ? columnOf(block, 'at') : null
  const [spans, held, corrected] = [columnOf(block, 'spans'), columnOf(block, 'held'), columnOf(block, 'corrected')]
  const row = startRow(ask, name, end - first)
  for (let i = first; i < end; i++) {
    const present = spans.getUint32(4 * i, true)
    const waiting = held.getUint32(4 * i, true)
    // A bucket that was emptied says so; to leave it out there costs more than here.
    if (present > 0 || waiting > 0)
      row.add(
        momentAt(begins, 8 * i),
        momentAt(ends, 8 * i),
        decimalAt(values, 16 * i),
        bases ? decimalAt(bases, 16 * i) : 0,
        moments ? momentAt(moments, 8 * i) : 0,
        present,
        waiting,
        corrected.getUint32(4 * i, true),
        Math.min(1, present),
      )
  }
  return row.made()
}
