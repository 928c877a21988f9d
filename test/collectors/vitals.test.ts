/** How many batches wait is said past the queue: from eight on, at most once a second, and once when none waits any more. */
import { expect, test } from 'vitest'
import type { Deliver } from '../../collectors/outbox.ts'
import { openVitals } from '../../collectors/vitals.ts'
import type { Observation } from '../../kpi/observation.ts'

test('a queue that drains says so as it goes', async () => {
  let [size, now] = [5, 1000]
  const said: Observation[] = []
  const outbox = { put: async () => () => {}, size: () => size, bytes: () => 0, since: () => null }
  const deliver: Deliver = async (batches) => {
    if (now === 2000) throw new Error('the store is away')
    said.push(...batches.flatMap(({ observations }) => observations))
  }
  const vitals = openVitals(outbox, () => now, new Set(['system/outbox-batches']), 'collect', deliver)
  const drain = async (waiting: number, at: number) => {
    ;[size, now] = [waiting, at]
    await vitals.delivered(1)
  }
  await drain(5, 1000)
  expect(said).toEqual([])
  await drain(101, 1000)
  for (const left of [100, 99, 98]) await drain(left, 1500)
  await drain(90, 2000)
  await drain(50, 3000)
  await drain(1, 3000)
  await drain(1, 9000)
  expect(said.map(({ value, from }) => [value, from])).toEqual([
    ['100', 1000],
    ['49', 3000],
    ['0', 3001],
  ])
  expect(new Set(said.map(({ id }) => id)).size).toBe(3)
  expect(said[0]).toMatchObject({
    indicator: 'system/outbox-batches',
    source: 'system/collectors',
    members: { queue: 'collect' },
  })
})
