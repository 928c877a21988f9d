/** With what a range is compared: both sides as long as each other or the sentence says how long each is, on every sort of day. */
import { describe, expect, test } from 'vitest'
import { civil, dayBegins, dayNumber, dayOf } from '../../../kpi/calendar-days.ts'
import { EARLIER, type Earlier } from '../../../kpi/compared.ts'
import { periodOf, TILING_KINDS } from '../../../kpi/period.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { againstWhat, comparisonFor } from '../../../server/queries/against.ts'
import { Refusal } from '../../../server/refusal.ts'
import { projectCatalogue } from '../../support/declared.ts'

const { calendars } = projectCatalogue()
const at = (year: number, month: number, day: number) => dayBegins(dayNumber(year, month, day))
const span = (from: readonly [number, number, number], to: readonly [number, number, number]) => ({
  from: at(...from),
  to: at(...to),
})
const days = ({ from, to }: { from: number; to: number }) => (to - from) / DAY
const date = (moment: number) => {
  const { year, month, day } = civil(dayOf(moment))
  return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`
}

describe('a period that runs is compared with as many days', () => {
  test.each([
    ['31 March', [2026, 3], 'month', 31, 28],
    ['30 March', [2026, 3], 'month', 30, 28],
    ['5 March', [2026, 3], 'month', 5, 4],
    ['30 June', [2026, 4], 'quarter', 91, 90],
    ['31 December', [2026, 7], 'half', 184, 181],
  ] as const)('on %s', (_, [year, month], kind, nth, expected) => {
    const asked = periodOf(kind, at(year, month, 1))
    const found = againstWhat(calendars, asked, 'previous', asked.from + (nth - 1) * DAY + 9 * HOUR)
    expect([days(found.now), days(found.earlier)]).toEqual([expected, expected])
    expect(found.said.vi).toContain(`${expected} ngày đầu`)
  })
  test('with the days of those that are worked, where they are not as many', () => {
    const asked = periodOf('month', at(2026, 11, 1))
    expect(againstWhat(calendars, asked, 'previous', at(2026, 11, 19)).said).toEqual({
      vi: 'tháng 11/2026 so với tháng 10/2026, 18 ngày đầu (13 và 12 ngày làm việc)',
      en: 'November 2026 compared with October 2026, the first 18 days of both (13 and 12 working days)',
    })
  })
})

describe('29 February', () => {
  test.each([
    ['up to it, excluded', [2028, 2, 1], [2028, 2, 29], [2027, 2, 1], [2027, 3, 1], null],
    ['itself', [2028, 2, 29], [2028, 3, 1], [2027, 2, 28], [2027, 3, 1], null],
    ['a day after it', [2028, 3, 1], [2028, 3, 2], [2027, 3, 1], [2027, 3, 2], null],
    ['with it', [2028, 2, 10], [2028, 3, 5], [2027, 2, 10], [2027, 3, 5], '24 ngày'],
    ['in the year before', [2029, 2, 10], [2029, 3, 5], [2028, 2, 10], [2028, 3, 5], '23 ngày'],
  ] as const)('%s', (_, from, to, earlierFrom, earlierTo, said) => {
    const found = againstWhat(calendars, span(from, to), 'year', at(2029, 6, 1))
    expect([found.earlier.from, found.earlier.to].map(date)).toEqual([
      date(span(earlierFrom, earlierTo).from),
      date(span(earlierFrom, earlierTo).to),
    ])
    if (said === null) expect(days(found.now)).toBe(days(found.earlier))
    else expect(found.said.vi).toContain(said)
  })
})

/** Ranges that begin or end on every day of three years: months, quarters, weeks, and so many days. */
function* ranges() {
  for (let first = dayNumber(2025, 12, 20); first < dayNumber(2027, 12, 20); first++) {
    const from = dayBegins(first)
    const length = [1, 7, 3, 30, 10][first % 5] ?? 1
    yield { from, to: from + length * DAY }
    for (const kind of TILING_KINDS) if (periodOf(kind, from).from === from) yield periodOf(kind, from)
  }
}

test.each(EARLIER)(
  '%s: on any day both sides are as long, or the sentence says how long each is; nothing beyond now is compared',
  (how: Earlier) => {
    let [compared, refused, unequal] = [0, 0, 0]
    for (const asked of ranges())
      for (const now of [asked.to + DAY, asked.from + Math.floor((asked.to - asked.from) / DAY / 2) * DAY + 9 * HOUR]) {
        let found: ReturnType<typeof againstWhat>
        try {
          found = againstWhat(calendars, asked, how, now)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
          refused++
          continue
        }
        compared++
        const { now: one, earlier, said, running } = found
        const where = `${how} ${date(asked.from)} ${days(asked)} ${said.vi}`
        expect(one.from, where).toBe(asked.from)
        expect(one.to, where).toBeLessThanOrEqual(running ? asked.to : Math.max(now, one.from))
        expect(earlier.to, where).toBeLessThanOrEqual(one.from)
        if (running) expect(said.vi, where).toContain('đến cùng thời điểm')
        if (days(one) !== days(earlier)) {
          unequal++
          // Periods by working days are told by those.
          for (const side of [one, earlier])
            expect(said.vi, where).toMatch(new RegExp(`\\b${days(side)} ngày|\\d+ ngày làm việc`))
        }
        if (one.to < asked.to && !running) expect(said.vi, where).toMatch(/\d+ ngày (làm việc )?đầu|làm việc\) so với/)
      }
    expect(compared).toBeGreaterThan(300)
    expect(refused + unequal).toBeGreaterThan(0)
  },
)

describe('a week that runs, like for like', () => {
  test('is compared by its days that are over, and says so', () => {
    // Monday 16 November 2026; Thursday morning.
    const week = span([2026, 11, 16], [2026, 11, 23])
    const found = againstWhat(calendars, week, 'like', at(2026, 11, 19) + 9 * HOUR)
    expect([days(found.now), days(found.earlier)]).toEqual([3, 3])
    expect(found.said.vi).toMatch(/09\/11\/2026–11\/11\/2026, 3 ngày đầu$/)
    // A holiday still to come does not matter to them.
    const holiday = span([2026, 11, 23], [2026, 11, 30])
    expect(() => againstWhat(calendars, holiday, 'like', at(2026, 11, 24) + 9 * HOUR)).not.toThrow()
    expect(() => againstWhat(calendars, holiday, 'like', at(2026, 11, 26) + 9 * HOUR)).toThrow(Refusal)
  })
  test('a day that runs says up to when', () => {
    const day = span([2026, 11, 18], [2026, 11, 19])
    const found = againstWhat(calendars, day, 'like', at(2026, 11, 18) + 9 * HOUR)
    expect(found).toMatchObject({ running: true })
    expect(found.said.vi).toMatch(/đến cùng thời điểm$/)
    const year = againstWhat(calendars, day, 'year-like', at(2026, 11, 18) + 9 * HOUR)
    expect(year.said.vi).toMatch(/cùng thứ trong tuần, đến cùng thời điểm$/)
  })
})

test('what a question leaves open is like for like where that is fair, else the stretch before, with what makes them unlike', () => {
  const usual = (asked: { from: number; to: number }) => comparisonFor(calendars, asked, 'usual', at(2026, 12, 5))
  expect(usual(span([2026, 11, 9], [2026, 11, 16]))).toBe('like')
  // Seven days from a Sunday with Culture Day on their Tuesday: no week of eight is like them.
  const odd = span([2026, 11, 22], [2026, 11, 29])
  expect(usual(odd)).toBe('previous')
  expect(againstWhat(calendars, odd, 'previous', at(2026, 12, 5)).said).toEqual({
    vi: '22/11/2026 – 28/11/2026 (4 ngày làm việc) so với 15/11/2026 – 21/11/2026 (5 ngày làm việc)',
    en: expect.stringContaining('(4 working days) compared with'),
  })
  expect(comparisonFor(calendars, odd, 'year', at(2026, 12, 5))).toBe('year')
})
