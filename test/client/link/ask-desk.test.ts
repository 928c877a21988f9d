/** Questions of the desk: their addresses, and answers that come in pages. */
import { expect, test } from 'vitest'
import { addressOf, askPages, MOST_AT_ONCE } from '../../../client/link/ask-desk.ts'
import { EMPTY_DESK } from '../../../client/link/desk-route.ts'
import type { Answers } from '../../../kpi/query.ts'

/** Answers as the server does: from where the page before ended, at most so many as it is asked for and as it gives. */
function told(count: number) {
  const asked: Record<string, string>[] = []
  const askOne = async (more: Readonly<Record<string, string>>): Promise<Answers['observations']> => {
    asked.push({ ...more })
    const [from, limit] = [Number(more.after ?? 0), Number(more.limit)]
    if (limit < 1 || limit > MOST_AT_ONCE) throw new Error(`limit ${limit}`)
    const to = Math.min(count, from + limit)
    const observations = Array.from({ length: to - from }, (_, i) => ({ id: String(from + i) }))
    return { pulse: { at: 1, store: 's' }, observations: observations as never, next: to < count ? String(to) : null }
  }
  return { asked, askOne }
}
const ids = ({ observations }: Answers['observations']) => observations.map(({ id }) => id)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => String(i))

test.each([200, 5000, 5200, 12_000])('of many observations the first %i come, each once, in order', async (wanted) => {
  const { askOne } = told(20_000)
  const answer = await askPages(wanted, askOne)
  expect(ids(answer)).toEqual(upTo(wanted))
  expect(answer.next).toBe(String(wanted))
})

test('where there are fewer all come, and nothing more is asked', async () => {
  const { askOne, asked } = told(5100)
  const answer = await askPages(10_000, askOne)
  expect(ids(answer)).toEqual(upTo(5100))
  expect(answer.next).toBe(null)
  expect(asked).toEqual([{ limit: '5000' }, { limit: '5000', after: '5000' }])
})

test('corrections are asked of the very figure over the range, by what was known', () => {
  const desk = { ...EMPTY_DESK, indicator: 'a/b', where: { unit: 'hue' }, asOf: 5 }
  expect(addressOf('corrections', { desk, span: { from: 1, to: 2 } })).toBe(
    '/api/corrections?indicator=a%2Fb&from=1&to=2&of=figure&limit=1000&asOf=5&where=unit%3Ahue',
  )
})
