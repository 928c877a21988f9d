/** How news changes a picture: the newer pulse of the same store wins; another store starts afresh. */
import { describe, expect, test } from 'vitest'
import { fromSnapshot, withNews } from '../../../client/link/picture.ts'
import { absent } from '../../../client/views/shown.ts'
import type { Correction } from '../../../kpi/correction.ts'
import type { Reading } from '../../../kpi/reading.ts'
import { type Slice, sliceKey } from '../../../kpi/slice.ts'
import type { Health, News } from '../../../kpi/wire.ts'

const slice: Slice = { indicator: 'documents/sent', window: 'today', by: ['unit'], where: {} }
const health: Health = { store: 'ok', sources: [], problems: 0 }
const reading = (unit: string, value: string, from = 0): Reading => ({ ...absent(slice), key: { unit }, value, from })
const news = (at: number, readings: readonly Reading[], change: Partial<News> = {}): News => ({
  ...{ board: 'country', pulse: { at, store: 's1' }, readings, revised: [], health },
  ...change,
})
const values = (picture: ReturnType<typeof withNews>) =>
  Object.fromEntries([...(picture?.slices.get(sliceKey(slice))?.values() ?? [])].map((r) => [r.key.unit, r.value]))

const start = fromSnapshot(null, news(10, [reading('a', '1'), reading('b', '2')]))

describe('news', () => {
  test('changes only what it names', () => {
    expect(values(withNews(start, news(11, [reading('b', '3')])))).toEqual({ a: '1', b: '3' })
    expect(values(start)).toEqual({ a: '1', b: '2' })
  })

  test('of an older pulse changes nothing', () => {
    expect(withNews(start, news(9, [reading('a', '0')]))).toBe(start)
  })

  test('of a clock that was set back asks for a new snapshot, which is taken', () => {
    const late = fromSnapshot(null, news(1_000_000, [reading('a', '1')]))
    expect(withNews(late, news(400_000, [reading('a', '2')]))).toBeNull()
    const again = fromSnapshot(late, news(400_000, [reading('a', '2')]))
    expect(values(again)).toEqual({ a: '2' })
    expect(withNews(again, news(400_001, []))?.pulse.at).toBe(400_001)
  })

  test('of another store or board asks for a new snapshot', () => {
    expect(withNews(start, news(11, [], { pulse: { at: 11, store: 's2' } }))).toBeNull()
    expect(withNews(start, news(11, [], { board: 'other' }))).toBeNull()
  })

  test('remembers which indicators have a changed past', () => {
    expect(withNews(start, news(12, [], { revised: ['documents/sent'] }))?.revised.get('documents/sent')).toBe(12)
  })

  test('drops the points of a window that has moved on', () => {
    expect(values(withNews(start, news(11, [reading('a', '5', 86_400_000)])))).toEqual({ a: '5' })
  })

  test('over midnight one message with points of both windows leaves those of the newer, in whatever order', () => {
    const both = [reading('a', '9'), reading('b', '1', 86_400_000), reading('c', '9')]
    for (const readings of [both, both.toReversed()])
      expect(values(withNews(start, news(11, readings)))).toEqual({ b: '1' })
  })

  test('tells of corrections, the newest of each point', () => {
    const figures = { value: '1', numerator: null, denominator: null }
    const mended = (id: string, unit: string, since: number): Correction => ({
      ...{ id, slice: sliceKey(slice), key: { unit }, from: 0, to: 0, before: figures, after: figures },
      ...{ why: ['corrected'], statements: 1, deliveries: ['a'], since },
    })
    const ids = (picture: ReturnType<typeof withNews>) =>
      [...(picture?.corrections.get(sliceKey(slice))?.values() ?? [])].map(({ id }) => id)
    const first = withNews(start, news(11, [], { corrections: [mended('new', 'a', 5), mended('old', 'a', 4)] }))
    expect(ids(first)).toEqual(['new'])
    expect(ids(first && withNews(first, news(12, [], { corrections: [mended('other', 'b', 6)] })))).toEqual([
      'new',
      'other',
    ])
    expect(ids(start)).toEqual([])
    expect(ids(fromSnapshot(first, news(20, [])))).toEqual([])
  })

  test('says since when the store has been away, until it is back', () => {
    const away: Health = { ...health, store: 'away' }
    const gone = withNews(start, news(11, [], { health: away }))
    expect(gone?.awaySince).toBe(11)
    const still = gone && withNews(gone, news(12, [], { health: away }))
    expect(still?.awaySince).toBe(11)
    expect(still && withNews(still, news(13, []))?.awaySince).toBeNull()
  })
})

describe('a snapshot', () => {
  test('replaces the whole picture and counts every indicator as revised', () => {
    const next = fromSnapshot(start, news(20, [reading('a', '7')]))
    expect(values(next)).toEqual({ a: '7' })
    expect(next.revised.get('documents/sent')).toBe(20)
  })

  test('older than the picture of the same store is not taken; of another store it is', () => {
    expect(fromSnapshot(start, news(5, []))).toBe(start)
    const other = fromSnapshot(start, news(5, [reading('z', '1')], { pulse: { at: 5, store: 's2' } }))
    expect(values(other)).toEqual({ z: '1' })
    expect(other.pulse).toEqual({ at: 5, store: 's2' })
  })
})
