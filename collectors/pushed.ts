/** One source that pushes: one push at a time, the same border, and an answer once batch, answer and cursor are durable, in this order. */
import type { Catalogue } from '../kpi/catalogue.ts'
import { sayHeld } from '../kpi/held-say.ts'
import type { Log } from '../kpi/log.ts'
import { MOST_TOLD, type NotTaken, type Push, type PushAnswer } from '../kpi/push.ts'
import { duration } from '../kpi/range.ts'
import type { SourceOf } from '../kpi/source.ts'
import type { Answers } from './answers.ts'
import type { Checked } from './border.ts'
import { type CollectContext, collect } from './collect.ts'
import { type Cursor, saveCursor } from './cursor.ts'
import { type Disk, diskWrong } from './disk.ts'
import { openKept } from './kept.ts'
import type { Outbox } from './outbox.ts'
import { openProblems } from './problems.ts'
import { openRate } from './rate.ts'
import { turns } from './turns.ts'
import { openUsual, type Usual } from './usual.ts'
import type { Run, Vitals } from './vitals.ts'
import { say } from './words.ts'

export interface Pushed {
  take(push: Push): Promise<PushAnswer | NotTaken>
  /** Says once that nothing came for two rhythms; and again once something does. */
  look(): Promise<void>
  /** Writes down what a later process goes on with. */
  stop(): Promise<void>
}

export interface PushedOptions {
  readonly source: SourceOf<'push'>
  readonly catalogue: Pick<Catalogue, 'indicators' | 'dimensions'> & Partial<Pick<Catalogue, 'calendars'>>
  readonly cursor: Cursor
  readonly answers: Answers
  readonly outbox: Outbox
  readonly vitals: Vitals
  readonly disk: Disk
  readonly folder: string
  readonly log: Log
  readonly now: () => number
  readonly signal: AbortSignal
}

const UNASKED = { group: '', window: null }

/** What a caller is told of rows that went through the border. */
function answerOf(source: string, rows: number, { rows: taken, refused }: Checked): PushAnswer {
  const said = taken.flat()
  const count = (state: string) => said.filter(({ statement }) => statement.state === state).length
  const bad = new Set(refused.map(({ problem }) => problem.row))
  return {
    ...{ source, rows, accepted: rows - bad.size, refused: bad.size },
    observations: { taken: count('taken'), held: count('held'), withdrawn: count('withdrawn') },
    problems: refused
      .slice(0, MOST_TOLD)
      .map(({ problem: { row, field, message: messages, remedy } }) => ({ row, field, messages, remedy })),
    held: said
      .filter(({ statement }) => statement.state === 'held')
      .slice(0, MOST_TOLD)
      .map(({ row, statement: { indicator, members, reason } }) => ({
        ...{ row, indicator, members, reason, messages: sayHeld(reason) },
      })),
  }
}

export function openPushed(options: PushedOptions): Pushed {
  const { source, answers, vitals, disk, folder, log, now, signal } = options
  const { limits } = source
  const patience = 2 * (duration(source.rhythm) ?? 0)
  const problems = openProblems(disk, folder, source.id, source.personal)
  const rate = openRate(limits.rate)
  const inTurn = turns()
  const underWay = new Set<string>()
  let usual: Promise<Usual | null> | null = null
  let cursor = options.cursor
  let saved = options.cursor
  /** Durable, while answer or cursor is not: sent once they are. */
  const unsent: (() => void)[] = []
  let seen: number | null = cursor.received > 0 ? cursor.received : null
  let up: boolean | null = null

  /** Carries rows as far as the disk; rejects when the disk refuses. A push cut short there is carried on when it is sent again. */
  async function carry(push: Push): Promise<PushAnswer> {
    let checked: Checked = { rows: [], refused: [] }
    const context: CollectContext = {
      ...options,
      usual: () => {
        usual ??= openUsual(disk, folder, source, options.catalogue, { warn: (wrong) => log.warn(say(wrong)) })
        return usual
      },
      ...{ declared: '', heard: new Map(), kept: openKept(), problems, signal },
      fetch: async () => ({ rows: push.rows, digest: '' }),
      told(all) {
        checked = all
      },
    }
    const collected = await collect(UNASKED, cursor, context)
    if ('wrong' in collected) throw collected.cause
    cursor = collected.cursor
    unsent.push(collected.release)
    const answer = answerOf(source.id, push.rows.length, checked)
    await answers.keep(push.key, { digest: push.digest, answer }, now())
    if (cursor !== saved) await saveCursor(disk, folder, source.id, cursor)
    saved = cursor
    for (const release of unsent.splice(0)) release()
    return answer
  }

  async function came(refused: number, run: Run) {
    seen = now()
    if (up === false) log.info(`${source.id}: ${say({ vi: 'nguồn lại gửi số liệu', en: 'the source pushes again' })}`)
    up = true
    await vitals.report(source.id, { up, seen, missed: 0, refused, run, done: 1, wanted: 1 })
  }

  return {
    async take(push) {
      const after = rate(now())
      if (after > 0) return { not: 'too-often', after }
      if (push.rows.length > limits.rows) return { not: 'too-many', most: limits.rows }
      if (underWay.has(push.key)) return { not: 'under-way' }
      underWay.add(push.key)
      try {
        return await inTurn(async () => {
          const known = await answers.find(push.key)
          if (known) return known.digest === push.digest ? known.answer : { not: 'other-body' }
          const begun = now()
          const answer = await carry(push)
          await came(answer.refused, {
            ...{ rows: answer.rows, held: answer.observations.held, took: now() - begun, bytes: push.bytes ?? 0 },
          })
          return answer
        })
      } catch (cause) {
        const { wrong } = diskWrong(cause)
        log.warn(`${source.id}: ${say(wrong)}`, cause)
        return { not: 'no-room', text: wrong }
      } finally {
        underWay.delete(push.key)
      }
    },
    async stop() {
      await (await usual)?.save(now(), true)
    },
    async look() {
      if (seen === null) return
      const heard = now() - seen <= patience
      if (heard && up !== true) {
        up = true
        await vitals.report(source.id, { up, seen, missed: 0, refused: null, run: null, done: 1, wanted: 1 })
      }
      if (heard || up === false) return
      if (up === true)
        log.warn(
          `${source.id}: ${say({ vi: `nguồn không gửi gì trong hai nhịp (${source.rhythm}); kiểm tra hệ thống gửi và khóa của nó`, en: `the source has pushed nothing for two rhythms (${source.rhythm}); look at the sending system and its key` })}`,
        )
      up = false
      const missed = Math.floor((now() - seen) / (patience / 2))
      await vitals.report(source.id, { up, seen, missed, refused: null, run: null, done: 0, wanted: 1 })
      // Another server may be the one it reaches now: what is down is said once, not beaten.
      vitals.forget(source.id)
    },
  }
}
