/** What a page tells in plain properties becomes what a panel is given: judged, timed, keyed, never more than was said. */
import { describe, expect, test } from 'vitest'
import { given, type Told } from '../../../client/elements/plain.ts'
import { unitOf } from '../../../client/known.ts'
import { sliceKey } from '../../../kpi/slice.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const rate = { title: 'Đúng hạn', unit: 'percent', decimals: 1, better: 'higher', target: 95 } as const
const told = (change: Partial<Told>): Told => ({
  ...{ view: 'number', indicator: { ...rate, limits: { warning: 90, critical: 80 } }, readings: [], points: [] },
  ...{ members: [], panel: {}, health: null, glass: null, now: NOW, version: 0 },
  ...change,
})
const readingsOf = (change: Partial<Told>) =>
  [...given(told(change)).picture.slices.values()].flatMap((points) => [...points.values()])

describe('a figure', () => {
  test.each([
    [96, 'good'],
    ['91.4', 'warning'],
    ['78.1', 'critical'],
    [null, 'no-data'],
  ])('%j is judged by what was declared: %s', (value, status) =>
    expect(readingsOf({ readings: [{ value }] })[0]).toMatchObject({ status, asOf: null }),
  )

  test('a reading of the API as it is keeps its unit; it grows old by the rhythm of what is measured', () => {
    const whole = { value: '12743', unit: 'documents/sent', slice: 'x', marks: [], asOf: NOW - 150_000 }
    const indicator = { title: 'Văn bản', unit: 'văn bản', rhythm: '1m' }
    const { catalogue } = given(told({ indicator, readings: [whole] }))
    const [one] = readingsOf({ indicator, readings: [whole] })
    expect(unitOf(catalogue, one?.unit ?? '', 'vi')).toBe('văn bản')
    expect(one?.freshness).toBe('late')
    expect(readingsOf({ indicator, readings: [{ ...whole, freshness: 'fresh' }] })[0]?.freshness).toBe('fresh')
  })

  test('0/0 and 3/0 are no missing figures, nor the same, and a status that is told is taken', () => {
    const over = [0, 3].map((numerator) => readingsOf({ readings: [{ value: null, numerator, denominator: 0 }] })[0])
    expect(over.map((one) => one?.status)).toEqual(['nothing-occurred', 'zero-denominator'])
    expect(readingsOf({ readings: [{ value: 99, status: 'critical' }] })[0]?.status).toBe('critical')
  })

  test('is exact as text, and plain as a number of any size', () => {
    const values = ['98765432109876543210.5', 1e21, 1e-7].map(
      (value) => readingsOf({ readings: [{ value }] })[0]?.value,
    )
    expect(values).toEqual(['98765432109876543210.5', '1000000000000000000000', '0.0000001'])
  })

  test('has the time it was told in, however that was written', () => {
    const asOf = ['2026-11-22T09:41:00+07:00', new Date(NOW), NOW]
    expect(asOf.map((one) => readingsOf({ readings: [{ value: 1, asOf: one }] })[0]?.asOf)).toEqual([NOW, NOW, NOW])
  })
})

test('without names units are those of the map; with them they are called as they are named', () => {
  const unit = (change: Partial<Told>) => given(told(change)).catalogue.dimensions.get('unit')?.members
  expect(unit({})?.size).toBe(34)
  expect(unit({})?.get('01')?.name.vi).toBe('Hà Nội')
  const own = unit({ members: [{ id: 'hn', name: { vi: 'Thủ đô', en: 'Capital' }, code: '01' }] })
  expect(own?.get('hn')).toMatchObject({ name: { en: 'Capital' }, codes: [{ system: 'qd19', code: '01' }] })
})

test('the dimension is that of the keys, and the slice of the picture is the slice of the panel', () => {
  const { panel, picture, catalogue } = given(told({ view: 'ranking', readings: [{ value: 1, key: { ward: 'a' } }] }))
  expect(panel.slice?.by).toEqual(['ward'])
  const slice = { indicator: 'told', window: 'today', by: ['ward'], where: {} } as const
  expect([...picture.slices.keys()]).toEqual([sliceKey(slice)])
  expect(catalogue.indicators.get('told')?.dimensions).toEqual(['ward'])
})

test('points become a line, or a line for each key; what lies outside the window is not drawn', () => {
  const hour = (n: number) => NOW - n * 3_600_000
  const day = { from: hour(9), to: hour(0) }
  const { series } = given(
    told({
      points: [
        { from: hour(2), value: 3 },
        { from: hour(30), value: 9 },
        { from: hour(3), value: null },
      ],
    }),
  )
  const slice = { indicator: 'told', window: 'today', by: [], where: {} } as const
  expect(series(slice, day)).toMatchObject({
    grain: 'hour',
    points: [
      { from: hour(3), to: hour(2), value: null, status: 'no-data' },
      { from: hour(2), to: hour(1), value: '3' },
    ],
  })
  const split = given(told({ points: ['a', 'b'].map((unit) => ({ from: hour(2), value: 1, key: { unit } })) }))
  expect(split.series(slice, day).split?.map(({ key }) => key)).toEqual([{ unit: 'a' }, { unit: 'b' }])
})
