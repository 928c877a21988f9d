/** Laws of incidents, for random histories: none flaps inside its patience or its margin, and equal histories give equal incidents. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Entry, type Incident, inOrder, lifeOf, type Standing } from '../../kpi/incident.ts'
import type { Seen } from '../../kpi/sight.ts'
import { turn } from '../../kpi/turn.ts'
import { CLEAR, counts, type Patience, type Watching, watch } from '../../kpi/watching.ts'

const seen = fc.constantFrom<Seen>('bad', 'between', 'good', 'unknown')
/** What is seen, one look after another, with the time between. */
const history = fc.array(fc.record({ seen, after: fc.integer({ min: 1, max: 40 }) }), { maxLength: 200 })
const patience = fc.record({ for: fc.integer({ min: 0, max: 90 }), clearFor: fc.integer({ min: 0, max: 90 }) })

interface Look {
  readonly at: number
  readonly seen: Seen
  readonly counts: boolean
}

type Step = typeof watch
function walk(
  looks: readonly { readonly seen: Seen; readonly after: number }[],
  how: Patience,
  step: Step,
): readonly Look[] {
  let [state, at]: [Watching, number] = [CLEAR, 1000]
  return looks.map((look) => {
    at += look.after
    state = step(state, look.seen, at, how)
    return { at, seen: look.seen, counts: counts(state) }
  })
}

/** Every breach of the law: it began to count without having been bad for long enough, or ceased without having been good for long enough. */
function breaches(looks: readonly Look[], how: Patience): readonly string[] {
  return looks.flatMap((look, i) => {
    const before = looks[i - 1]?.counts ?? false
    if (look.counts === before) return []
    const wanted = look.counts ? 'bad' : 'good'
    const time = look.counts ? how.for : how.clearFor
    // Back to the last look that said the contrary: since then nothing may have.
    let since = look.at
    for (let k = i; k >= 0; k--) {
      const one = looks[k] as Look
      const agrees = one.seen === wanted || (wanted === 'bad' && one.seen === 'unknown')
      if (!agrees) break
      if (one.seen === wanted) since = one.at
    }
    return look.seen === wanted && look.at - since >= time ? [] : [`${look.counts ? 'opened' : 'closed'} at ${look.at}`]
  })
}

test('what counts was bad for long enough, and what no longer does was good for long enough', () => {
  fc.assert(
    fc.property(history, patience, (looks, how) => {
      expect(breaches(walk(looks, how, watch), how)).toEqual([])
    }),
  )
})

test('the law can fail: a step without patience breaks it', () => {
  const hasty: Step = (before, look, now) => watch(before, look, now, { for: 0, clearFor: 0 })
  const broken = fc.check(
    fc.property(history, patience, (looks, how) => breaches(walk(looks, how, hasty), how).length === 0),
  )
  expect(broken.failed).toBe(true)
})

const TEXT = { vi: 'x', en: 'x' }
const standing = (cause: string, members: readonly string[]): Standing => ({
  ...{
    cause,
    rule: 'r',
    title: TEXT,
    action: TEXT,
    severity: 'warning',
    source: null,
    more: 0,
    contributions: null,
    simulated: false,
  },
  points: members.map((unit) => ({
    ...{ rule: 'r', indicator: 'i', key: { unit }, members: { unit }, began: 1, measured: '1', limit: '0' },
  })),
})
const rounds = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.subarray(['x', 'y', 'z'], { minLength: 1 })), {
  maxLength: 40,
})

/** Turns one after another, each on what the journal says; `servers` of them write the same at slightly different times. */
function live(all: readonly Readonly<Record<string, readonly string[]>>[], servers: number): readonly Entry[] {
  const journal = new Map<string, Entry>()
  const newest = (): ReadonlyMap<string, Incident> => {
    const lives = new Map<string, Incident>()
    for (const { cause, number } of journal.values()) {
      const life = lifeOf([...journal.values()].filter((one) => one.cause === cause && one.number === number))
      if (life && (lives.get(cause)?.number ?? 0) < life.number) lives.set(cause, life)
    }
    return lives
  }
  all.forEach((on, i) => {
    const now = 1000 * (i + 1)
    const known = newest()
    for (let server = 0; server < servers; server++) {
      const said = turn({
        newest: known,
        standing: new Map(Object.entries(on).map(([cause, members]) => [cause, standing(cause, members)])),
        moved: new Map(),
        rules: new Map([['r', { id: 'r' } as never]]),
        ...{ pulse: now, now: now + server },
      })
      // Of two entries of one name the first stored counts.
      for (const entry of said) {
        const name = `${entry.cause}:${entry.number} ${entry.id}`
        if (!journal.has(name)) journal.set(name, entry)
      }
    }
  })
  return inOrder([...journal.values()])
}

test('equal histories give equal incidents; two servers open one incident once; every incident is open exactly while its cause stands', () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const once = live(all, 1)
      expect(live(all, 1)).toEqual(once)
      expect(live(all, 2)).toEqual(once)
      for (const cause of ['a', 'b', 'c']) {
        const opened = once.filter((entry) => entry.cause === cause && entry.kind === 'opened')
        const begun = all.filter((on, i) => on[cause] && !all[i - 1]?.[cause]).length
        expect(opened.map(({ number }) => number)).toEqual(Array.from({ length: begun }, (_, i) => i + 1))
        const closed = once.filter((entry) => entry.cause === cause && entry.kind === 'closed').length
        expect(opened.length - closed).toBe(all.at(-1)?.[cause] ? 1 : 0)
      }
    }),
    { numRuns: 25 },
  )
})
