/** Asks a source once without keeping anything, as a person who sets it up would want to see it. */
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Span } from '../kpi/range.ts'
import type { AskedSource } from '../kpi/source.ts'
import type { Text } from '../kpi/text.ts'
import { openBorder } from './border.ts'
import { newCursor } from './cursor.ts'
import { openKept } from './kept.ts'
import { kindOf } from './kinds/index.ts'
import { type Ask, Placed, Unreadable } from './kinds/kind.ts'
import type { Statement } from './map.ts'
import { withoutPersonal } from './personal.ts'
import type { RowProblem } from './problems.ts'
import { put } from './steps.ts'

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
  readonly problems: readonly RowProblem[]
  /** Why there is no more than this; null when the source answered well. */
  readonly wrong: Text | null
}

export async function trySource(
  source: AskedSource,
  catalogue: Pick<Catalogue, 'indicators' | 'dimensions'>,
  clock: () => number,
  window: Span | null,
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
  let [fetched, refused] = [0, 0]
  const told = (ask: Ask, wrong: Text | null): Tried => ({
    ...{ ...ask, took: clock() - begun, fetched, rows, states, statements, held, refused, problems, wrong },
  })

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
    const inspect = openBorder(ask.window, source, catalogue, clock())
    const all = 'stream' in answer ? answer.stream() : 'rows' in answer ? answer.rows : []
    for await (const row of all) {
      fetched += 1
      if (rows.length < SHOWN) rows.push(withoutPersonal(row instanceof Placed ? row.value : row, source.personal))
      const inspected = inspect(row, fetched)
      for (const statement of inspected.statements) {
        states[statement.state] += 1
        const list = statement.state === 'held' ? held : statements
        if (list.length < SHOWN) list.push(statement)
      }
      refused += inspected.refused.length
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
