/** One question to one source, the path every kind walks: fetch → rows → border → what is new → outbox → cursor. */
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Observation } from '../kpi/observation.ts'
import type { Source } from '../kpi/source.ts'
import { type Batch, pack, sha256 } from './batch.ts'
import { type Checked, check, type Keyed } from './border.ts'
import { type Cursor, endOf, type Standing } from './cursor.ts'
import { type Disk, diskWrong } from './disk.ts'
import type { Kept } from './kept.ts'
import { kindOf } from './kinds/index.ts'
import type { Answer, Ask, FetchContext, Outcome, Refusal } from './kinds/kind.ts'
import type { Outbox } from './outbox.ts'
import type { ProblemFile } from './problems.ts'
import { put } from './steps.ts'
import { collectStream, MOST_SHOWN } from './stream.ts'
import type { Usual } from './usual.ts'
import { add } from './windows.ts'

export interface CollectContext {
  readonly source: Source
  readonly catalogue: Pick<Catalogue, 'indicators' | 'dimensions'>
  /** Digest of the declarations that shape this source's observations. */
  readonly declared: string
  readonly outbox: Outbox
  readonly disk: Disk
  /** Where cursors, outbox and what stands are kept. */
  readonly folder: string
  /** The most observations of one batch. */
  readonly most?: number
  readonly problems: ProblemFile
  readonly heard: Heard
  /** What the source said at the same hours before; null where nobody looks for jumps. */
  readonly usual: () => Promise<Usual | null>
  readonly kept: Kept
  readonly soon?: () => boolean
  /** In place of the kind's own fetch: rows that were brought. */
  readonly fetch?: (source: Source, ask: Ask, context: FetchContext) => Promise<Answer>
  /** Hears what the border said of an answer's rows. */
  readonly told?: (checked: Checked) => void
  readonly now: () => number
  readonly signal: AbortSignal
}

/**
 * What each question of a group was answered last, in this process, while what stands in the group stays the same. A source is asked about
 * the same hours again and again for corrections, and mostly says the same bytes: to read them through again would only hold up others.
 * What stood before is not held on to: a source that fetches its past has another one after every answer, megabytes each.
 */
export type Heard = Map<string, { readonly standing: Standing | undefined; readonly contents: Map<string, string> }>
/** The most questions and the most groups remembered; the oldest go first. */
const MOST_HEARD = 64

/** The content of the last answer to `ask`, if all it said still stands as it did then. */
function lastHeard(heard: Heard, ask: Ask, before: Cursor): string | undefined {
  const last = heard.get(ask.group)
  const done = ask.window === null || JSON.stringify(add(before.done, ask.window)) === JSON.stringify(before.done)
  return done && last?.standing === before.standing[ask.group] ? last?.contents.get(JSON.stringify(ask)) : undefined
}

/** Remembers an answer nothing of which was doubtful: what is held or refused may be judged otherwise later. */
function remembered(heard: Heard, ask: Ask, content: string | undefined, cursor: Cursor): void {
  const standing = cursor.standing[ask.group]
  const last = heard.get(ask.group)
  const contents = last && last.standing === standing ? last.contents : new Map<string, string>()
  contents.delete(JSON.stringify(ask))
  if (content !== undefined) contents.set(JSON.stringify(ask), content)
  heard.delete(ask.group)
  heard.set(ask.group, { standing, contents })
  for (const map of [contents, heard])
    for (const oldest of map.keys()) {
      if (map.size <= MOST_HEARD) break
      map.delete(oldest)
    }
}

export type Collected =
  | {
      /** The cursor after the answer: to be saved durably before `release`. */
      readonly cursor: Cursor
      /** Lets the outbox send what it took. */
      readonly release: () => void
      /** How many rows could not become observations. */
      readonly refused: number
      readonly outcome: Outcome
    }
  | Refusal

/** Says nothing that already stands: what is new or changed, by row. */
function changed(rows: readonly (readonly Keyed[])[], standing: Standing): readonly (readonly Keyed[])[] {
  // A map: to be looked up in an object, a key that was put together just now has to be made a name first.
  const known = new Map(Object.entries(standing))
  if (known.size === 0) return rows
  return rows.map((row) => row.filter((one) => known.get(one.key) !== one.standing)).filter((row) => row.length > 0)
}

/** What is remembered after an answer: for windows all that will be asked again, else exactly what was said. */
function remember(before: Standing, said: readonly Keyed[], horizon: number | null): Standing {
  const now = (list: readonly Keyed[]) => Object.fromEntries(list.map((one) => [one.key, one.standing]))
  if (horizon === null) return now(said)
  const all = Object.entries(before)
  const old = all.filter(([key]) => endOf(key) >= horizon)
  const young = said.filter((one) => one.statement.to >= horizon)
  if (young.length === 0 && old.length === all.length) return before
  return { ...Object.fromEntries(old), ...now(young) }
}

/** Field by field: an object with `...` in it takes Node 20 twenty times as long. */
function observationOf(one: Keyed['statement'], id: string, received: number, run: string): Observation {
  return {
    indicator: one.indicator,
    source: one.source,
    members: one.members,
    from: one.from,
    to: one.to,
    value: one.value,
    qualifier: one.qualifier,
    state: one.state,
    reason: one.reason,
    stated: one.stated,
    citation: one.citation,
    id,
    received,
    run,
  }
}

function batchesOf(
  source: string,
  ask: Ask,
  digest: string,
  cursor: Cursor,
  rows: readonly (readonly Keyed[])[],
  received: number,
): readonly Batch[] {
  const parts = pack(rows)
  const said = rows.flatMap((row) => row.map((one) => `${one.key} ${one.standing}`)).join('\n')
  const run = sha256(source, String(cursor.birth), String(cursor.turn), JSON.stringify(ask), said).slice(0, 24)
  let position = 0
  return parts.map((part, index) => ({
    head: {
      run,
      part: index,
      parts: parts.length,
      source,
      turn: { birth: cursor.birth, number: cursor.turn },
      group: ask.group,
      digest,
      window: ask.window,
    },
    observations: part.map(({ statement }) => observationOf(statement, `${run}.${position++}`, received, run)),
  }))
}

/** Asks one question and carries the answer as far as the disk. Never throws for what a source or a disk may do wrong. */
export async function collect(ask: Ask, before: Cursor, context: CollectContext): Promise<Collected> {
  const { source, catalogue, outbox, now } = context
  const kind = kindOf(source)
  const { declared, kept, soon, signal } = context
  const answer = await (context.fetch ?? kind.fetch)(source, put(ask, source), {
    takenBy: (digest) => Object.values(before.taken).includes(digest),
    ...{ taken: before.taken[ask.group], heard: lastHeard(context.heard, ask, before) },
    ...{ declared, now, kept, signal },
    ...(soon && { soon }),
  })
  if ('wrong' in answer) return answer
  if ('same' in answer) return { cursor: before, release: () => {}, refused: 0, outcome: answer }
  if ('stream' in answer) return collectStream(ask, before, answer, context)

  const at = now()
  const usual = await context.usual()
  const standing = before.standing[ask.group] ?? {}
  const horizon = kind.horizon(source, before, at)
  // Where an answer is all that is said, what it no longer says does not count beside it.
  const checked = check(answer.rows, ask.window, source, catalogue, at, usual, horizon === null ? {} : standing)
  context.told?.(checked)
  const { rows, refused } = checked
  const said = rows.flat()
  const doubtful = refused.length > 0 || said.some((one) => one.statement.state === 'held')
  const content = doubtful ? undefined : answer.content
  const news = changed(rows, standing)

  const keep = remember(standing, said, horizon)
  const received = Math.max(at, before.received + 1)
  const done = ask.window === null ? before.done : add(before.done, ask.window)
  const same = news.length === 0 && JSON.stringify(done) === JSON.stringify(before.done) && answer.digest === ''
  const outcome: Outcome = {
    taken: true,
    rows: answer.rows.length,
    wrong: refused.length,
    held: said.filter((one) => one.statement.state === 'held').length,
    refused: refused.slice(0, MOST_SHOWN),
    ...(answer.bytes !== undefined && { bytes: answer.bytes }),
  }
  try {
    await context.problems.keep(refused, at)
    await usual?.save(at)
    if (same && before.turn > 0) {
      remembered(context.heard, ask, content, before)
      return { cursor: before, release: () => {}, refused: refused.length, outcome }
    }
    const release = await outbox.put(batchesOf(source.id, ask, answer.digest, before, news, received))
    const cursor: Cursor = {
      ...before,
      turn: before.turn + 1,
      received,
      done,
      standing: { ...before.standing, [ask.group]: keep },
      taken: answer.digest === '' ? before.taken : { ...before.taken, [ask.group]: answer.digest },
    }
    remembered(context.heard, ask, content, cursor)
    return { cursor, release, refused: refused.length, outcome }
  } catch (cause) {
    return diskWrong(cause)
  }
}
