/** The country adds up: nothing is lost between what comes in, what is settled and what is pending; days off look like days off; the same seed is the same country. */
import { describe, expect, test } from 'vitest'
import { dayOf, dayStartOf, isWorked, SLOTS } from '../../../collectors/country/days.ts'
import { MEANS, RATIOS } from '../../../collectors/country/measures.ts'
import type { Settling } from '../../../collectors/country/queue.ts'
import { TASKS } from '../../../collectors/country/tasks.ts'
import { INDICATORS, truth } from '../../../collectors/country/truth.ts'
import { UNITS, unitOf } from '../../../collectors/country/units.ts'
import { openWorld, type UnitWorld } from '../../../collectors/country/world.ts'

const DAY = 86_400_000
const day = (date: string) => dayOf(Date.parse(`${date}T12:00:00+07:00`))
const days = (from: string, count: number) => Array.from({ length: count }, (_, i) => day(from) + i)
const sum = (list: Iterable<number>) => [...list].reduce((total, n) => total + n, 0)
const world = openWorld(7, [])
const each = (check: (own: UnitWorld, code: string) => void) => {
  for (const [unit, own] of world) check(own, unit.code)
}
const nation = (value: (own: UnitWorld) => number) => sum([...world.values()].map(value))

/** opening + received = settled + closing in every quarter-hour of `list`, the closing of a day being the opening of the next. */
function balances(
  name: string,
  list: readonly number[],
  inflow: (day: number) => Int32Array,
  of: (day: number) => Settling,
) {
  const wrong: string[] = []
  let open: number | undefined
  for (const each of list) {
    const { settled, onTime, overdue, pending, inTime, late } = of(each)
    const came = inflow(each)
    for (let slot = 0; slot < SLOTS; slot++) {
      const at = (numbers: Int32Array) => numbers[slot] ?? Number.NaN
      const holds =
        (open === undefined || at(settled) + at(pending) === open + at(came)) &&
        at(settled) === at(onTime) + at(overdue) &&
        at(pending) === at(inTime) + at(late) &&
        Math.min(at(settled), at(onTime), at(overdue), at(inTime), at(late)) >= 0
      if (!holds) wrong.push(`${name} day ${each} slot ${slot}`)
      open = at(pending)
    }
  }
  expect(wrong).toEqual([])
}

describe('what came in is settled or pending, exactly', () => {
  test.each([
    ['around Tết', '2026-02-08', 21],
    ['around 24 November', '2026-11-19', 9],
  ])('%s', (_name, from, count) => {
    const list = days(from, count)
    each(({ filings, feedback }, code) => {
      balances(`filings ${code}`, list, filings.all, filings.settlement.day)
      balances(`acceptance ${code}`, list, (at) => filings.received('2', at), filings.acceptance.day)
      balances(`feedback ${code}`, list, feedback.received, feedback.answering.day)
    })
  })

  test('documents in work are those accepted and not finished', () => {
    const own = world.get(UNITS[0] as (typeof UNITS)[number]) as UnitWorld
    const accepted = (at: number) =>
      Int32Array.from({ length: SLOTS }, (_, slot) =>
        sum([0, 1, 2].map((i) => own.documents(dayStartOf(at) + slot * 900_000 + i * 300_000).accepted)),
      )
    balances('documents', days('2026-11-19', 6), accepted, own.handling.day)
  })

  test('tasks assigned are done or open, day by day; an open one is overdue, due soon or due later; a day off does nothing', () => {
    const at = (own: UnitWorld, id: string, day: number) => TASKS[id]?.value(own, dayStartOf(day), '') ?? Number.NaN
    each((own, code) => {
      for (const one of days('2026-11-18', 9)) {
        const [came, done, open] = ['assigned', 'done', 'open'].map((id) => at(own, `tasks/${id}`, one)) as [
          number,
          number,
          number,
        ]
        expect([code, one, at(own, 'tasks/open', one - 1) + came]).toEqual([code, one, done + open])
        expect(at(own, 'tasks/overdue', one) + at(own, 'tasks/due-soon', one)).toBeLessThanOrEqual(open)
        expect(at(own, 'tasks/done-in-time', one)).toBeLessThanOrEqual(done)
        if (!isWorked(one)) expect([came, done]).toEqual([0, 0])
      }
    })
    expect(nation((own) => at(own, 'tasks/open', day('2026-11-20')))).toBeGreaterThan(300)
  })

  test('a part reported once a day never exceeds its whole', () => {
    const wrong = Object.entries(RATIOS).filter(([id]) => !MEANS.includes(id) && !id.startsWith('filings/on-time-766'))
    for (const [id, [of, to]] of wrong) {
      const [part, whole] = [of, to].map(
        (one) =>
          truth(
            world,
            one,
            { from: dayStartOf(day('2026-11-20')), to: dayStartOf(day('2026-11-21')) },
            'day',
            dayStartOf(day('2026-11-21')),
          ) ?? [],
      )
      expect([id, part?.length]).toEqual([id, whole?.length])
      expect([
        id,
        part?.every((row, i) => (row.value ?? 0) >= 0 && (row.value ?? 0) <= (whole?.[i]?.value ?? 0)),
      ]).toEqual([id, true])
    }
  })

  test('form 766 of a day is settled on time and pending in time over settled and pending', () => {
    each(({ filings }, code) => {
      const at = day('2026-11-20')
      const { settled, onTime, pending, inTime } = filings.settlement.day(at)
      const { good, all } = filings.index766(at)
      expect(good.at(-1), code).toBe(sum(onTime) + (inTime.at(-1) ?? 0))
      expect(all.at(-1), code).toBe(sum(settled) + (pending.at(-1) ?? 0))
    })
  })

  test('parts never exceed their whole', () => {
    each(({ documents, filings, feedback }, code) => {
      for (let from = dayStartOf(day('2026-11-20')); from < dayStartOf(day('2026-11-21')); from += 300_000) {
        const { sent, received, accepted, rejected, deliveries } = documents(from)
        expect(accepted + rejected, code).toBeLessThanOrEqual(received)
        expect(deliveries, code).toBeGreaterThanOrEqual(sent)
      }
      const { rated, satisfied } = feedback.ratings(day('2026-11-20'))
      expect(sum(satisfied), code).toBeLessThanOrEqual(sum(rated))
      const { offered, used } = filings.services(day('2026-11-20'))
      expect(used, code).toBeLessThanOrEqual(Math.min(offered, sum(filings.all(day('2026-11-20')))))
    })
  })
})

describe('days', () => {
  const filings = (date: string) => nation((own) => sum(own.filings.all(day(date))))
  const settled = (date: string) => nation((own) => sum(own.filings.settlement.day(day(date)).settled))

  test('Tết, holidays and Sundays are quiet, and only machines and a few latecomers settle; a made-up Saturday is worked', () => {
    const ordinary = filings('2026-11-19')
    expect(ordinary).toBeGreaterThan(20_000)
    expect(filings('2026-02-17')).toBeLessThan(ordinary / 20)
    expect(filings('2026-11-24')).toBeLessThan(ordinary / 2)
    for (const date of ['2026-02-17', '2026-09-02', '2026-11-22', '2026-11-24'])
      expect([date, settled(date) < ordinary / 20]).toEqual([date, true])
    expect(isWorked(day('2026-08-22'))).toBe(true)
    expect(settled('2026-08-22')).toBeGreaterThan(10_000)
  })

  test('the three on-time rates differ, and units differ in each', () => {
    const at = day('2026-11-20')
    const rates = [...world].map(([, { filings: own }]) => {
      const [{ settled, onTime }, form] = [own.settlement.day(at), own.index766(at)]
      return [sum(onTime) / sum(settled), (form.good.at(-1) ?? 0) / (form.all.at(-1) ?? 1)]
    })
    for (const which of [0, 1]) {
      const list = rates.map((rate) => rate[which] ?? 0)
      expect(Math.max(...list) - Math.min(...list)).toBeGreaterThan(0.05)
      expect(Math.min(...list)).toBeGreaterThan(0.6)
    }
  })
})

describe('the truth', () => {
  const span = { from: dayStartOf(day('2026-11-20')), to: dayStartOf(day('2026-11-20')) + DAY }
  /** As text: large answers compare faster. */
  const say = (of: typeof world, ids: readonly string[]) =>
    new Map(ids.map((id) => [id, JSON.stringify(truth(of, id, span, 'day', span.to))]))

  test('is the same for the same seed, in whatever order it is asked, and different for another', () => {
    expect(say(openWorld(7, []), [...INDICATORS].reverse())).toEqual(say(world, INDICATORS))
    const some = ['interchange/sent', 'filings/received', 'feedback/received']
    for (const [id, text] of say(openWorld(8, []), some)) expect(text).not.toBe(say(world, [id]).get(id))
  })

  test('knows every indicator of every unit', () => {
    for (const id of INDICATORS) {
      const rows = truth(world, id, span, 'day', span.to)
      expect([id, new Set(rows?.map((row) => row.unit)).size]).toEqual([id, 51])
    }
  })

  test('a correction of filings goes on into what is pending and settled, and the balance holds', () => {
    const unit = unitOf('H41') as (typeof UNITS)[number]
    const from = dayStartOf(day('2026-11-19')) + 9 * 3_600_000
    const more = openWorld(7, [{ service: 'portal', unit, from, delta: 40, of: 'received', channel: '2' }])
    const [own, before] = [more.get(unit) as UnitWorld, world.get(unit) as UnitWorld]
    const at = day('2026-11-19')
    expect(sum(own.filings.all(at)) - sum(before.filings.all(at))).toBe(40)
    const done = ({ filings }: UnitWorld) => {
      const { settled, pending } = filings.settlement.day(at)
      return sum(settled) + (pending.at(-1) ?? 0)
    }
    expect(done(own) - done(before)).toBe(40)
    balances('corrected', days('2026-11-18', 14), own.filings.all, own.filings.settlement.day)
  })
})
