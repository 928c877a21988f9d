/** Laws of knowledge: as known at a moment, minute, hour and day say what had been said by then; and each planted fault is found. */
import { describe, expect, test } from 'vitest'
import { knowing } from './knowing.ts'

test('as known at any moment of any history, the rows equal the naive model of what was stored by then', () =>
  knowing(4))

/** As those of the fold. */
const FAULTS: Readonly<Record<string, readonly [pattern: RegExp, fault: string, seed: number]>> = {
  'what was stored later speaks': [/ AND stored <= fromUnixTimestamp64Milli\(\{knownAt: Int64\}, 'UTC'\)/g, '', 3777],
  'a changed bucket keeps what its fold says today': [
    /\("series", |\(series, "from", "to"\) NOT IN \(/g,
    '(0, "from", "to") NOT IN (',
    2023,
  ],
  'a fold not yet complete is believed': [
    / - toIntervalMillisecond\(65000\)/g,
    ' + toIntervalMillisecond(65000)',
    3777,
  ],
  'a ratio is read without its lower part': [/toString\(indicator\), \[o, t\]/g, 'toString(indicator), [o]', 3345],
  'days begin at midnight UTC': [/25200000/g, '0', 3777],
}

describe('each planted fault turns the law red', () => {
  test.each(Object.entries(FAULTS))('%s', async (_name, [pattern, fault, seed]) => {
    let planted = 0
    const mend = (sql: string) => {
      if (!sql.includes('{knownAt: Int64}')) return sql
      const changed = sql.replace(pattern, fault)
      if (changed !== sql) planted++
      return changed
    }
    const failure = await knowing(40, { mend, seed }).then(
      () => null,
      (error: Error) => error.cause,
    )
    expect(failure).toMatchObject({ name: 'AssertionError' })
    expect(planted).toBeGreaterThan(0)
  })
})
