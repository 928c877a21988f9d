/** Asks a source once without keeping anything, as a person who sets it up would want to see it. */
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Span } from '../kpi/range.ts'
import type { AskedSource } from '../kpi/source.ts'
import type { Text } from '../kpi/text.ts'
import { keyed, openBorder, statedTwice } from './border.ts'
import { newCursor } from './cursor.ts'
import { openKept } from './kept.ts'
import { kindOf } from './kinds/index.ts'
import { type Ask, Placed, Unreadable } from './kinds/kind.ts'
import type { Statement } from './map.ts'
import { withoutPersonal } from './personal.ts'
import type { RowProblem } from './problems.ts'
import { put } from './steps.ts'
import type { Usual } from './usual.ts'

/** The most rows looked at, and of each sort shown. */
const MOST_ROWS = 200_000
const SHOWN = 12

export interface Tried {
  /** The window asked for, or the file; null and empty when the source says what it has. */
  readonly window: Span | null
  readonly group: string
  /** Milliseconds from the question to the last row. */
  readonly took: number
  /** How many rows were read, and the first of them without personal data. */
  readonly fetched: number
  readonly rows: readonly unknown[]
  readonly states: Readonly<Record<Statement['state'], number>>
  readonly statements: readonly Statement[]
  readonly held: readonly Statement[]
  readonly refused: number
  /** Rows the declaration passes over. */
  readonly skipped: number
  readonly problems: readonly RowProblem[]
  /** Why there is no more than this; null when the source answered well. */
  readonly wrong: Text | null
}

async function* oneByOne(pieces: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>) {
  for await (const piece of pieces) yield* piece
}

/** `usual`: what was said at like hours before, by which the border knows a jump; nothing of it is written. */
export async function trySource(
  source: AskedSource,
  catalogue: Pick<Catalogue, 'indicators' | 'dimensions'>,
  clock: () => number,
  window: Span | null,
  usual: Usual | null = null,
): Promise<Tried> {
  const kind = kindOf(source)
  const begun = clock()
  const cursor = newCursor(begun)
  const kept = openKept()
  const states = { taken: 0, held: 0, withdrawn: 0 }
  const rows: unknown[] = []
  const statements: Statement[] = []
  const held: Statement[] = []
  const problems: RowProblem[] = []
  const said = new Map<string, { readonly statement: Statement; readonly standing: string; twice: boolean }>()
  let [fetched, refused, skipped] = [0, 0, 0]
  const told = (ask: Ask, wrong: Text | null): Tried => ({
    ...{ ...ask, took: clock() - begun, fetched, rows, states, statements, held, refused, skipped, problems, wrong },
  })

  function take(statement: Statement): void {
    states[statement.state] += 1
    const list = statement.state === 'held' ? held : statements
    if (list.length < SHOWN) list.push(statement)
  }
  /** As the border does with a whole answer: the same said again says nothing, another value holds the first. */
  function hear(statement: Statement): void {
    const { key, standing } = keyed(statement)
    const first = said.get(key)
    if (!first) {
      said.set(key, { statement, standing, twice: false })
      take(statement)
    } else if (first.standing !== standing && !first.twice) {
      first.twice = true
      states[first.statement.state] -= 1
      for (const list of [statements, held])
        if (list.includes(first.statement)) list.splice(list.indexOf(first.statement), 1)
      take(statedTwice(first.statement, statement.value))
    }
  }

  try {
    const plan = () => kind.asks(source, cursor, begun)
    const first = window ? [{ group: '', window }] : await plan()
    // Whether a file is whole shows at the second look.
    const asks = Array.isArray(first) && first.length === 0 ? await plan() : first
    const ask: Ask = ('wrong' in asks ? undefined : asks[0]) ?? { group: '', window: null }
    if ('wrong' in asks) return told(ask, asks.wrong)
    const answer = await kind.fetch(source, put(ask, source), {
      ...{ taken: undefined, declared: '', now: clock, kept, signal: new AbortController().signal },
    })
    if ('wrong' in answer) return told(ask, answer.wrong)
    const inspect = openBorder(ask.window, source, catalogue, clock(), usual)
    const all = 'stream' in answer ? answer.stream() : 'rows' in answer ? [answer.rows] : []
    for await (const row of oneByOne(all)) {
      fetched += 1
      if (rows.length < SHOWN) rows.push(withoutPersonal(row instanceof Placed ? row.value : row, source.personal))
      const inspected = inspect(row, fetched)
      for (const statement of inspected.statements) hear(statement)
      refused += inspected.refused.length
      if (inspected.skipped) skipped += 1
      problems.push(...inspected.refused.slice(0, SHOWN - problems.length).map(({ problem }) => problem))
      if (fetched >= MOST_ROWS) break
    }
    return told(ask, null)
  } catch (cause) {
    if (cause instanceof Unreadable) return told({ group: '', window }, cause.wrong)
    throw cause
  } finally {
    await kept.stop()
  }
}
