/** The header's word on sources: one that does not answer, and one nobody has spoken of lately, are two things; a queue is told while it drains. */
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import type { Reading } from '../../../kpi/reading.ts'
import type { Slice } from '../../../kpi/slice.ts'
import { health } from '../../../server/live/health.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const sources = new Map(['a', 'b', 'c'].map((id) => [id, { id, simulated: false }]))
const catalogue = { sources } as unknown as Catalogue
const said = (source: string, value: string, asOf: number) => ({ key: { source }, value, asOf }) as unknown as Reading
const told: Record<string, readonly Reading[]> = {
  'system/source-up': [said('a', '1', NOW - 5000), said('b', '0', NOW - 5000), said('c', '1', NOW - 61_000)],
  'system/outbox-batches': [said('', '412', NOW - 2000)],
}
const at = (now: number) =>
  health(catalogue, ({ indicator }: Slice) => told[indicator] ?? [], { store: 'ok', problems: 0, now })

test('who answers, who does not, and who nobody vouches for', () => {
  expect(at(NOW).sources.map(({ id, up, vouched }) => ({ id, up, vouched }))).toEqual([
    { id: 'a', up: true, vouched: true },
    { id: 'b', up: false, vouched: true },
    { id: 'c', up: false, vouched: false },
  ])
  expect(at(NOW + 60_000).sources.map(({ vouched }) => vouched)).toEqual([false, false, false])
})

test('a queue is told while somebody says so', () => {
  expect(at(NOW).queue).toEqual({ batches: 412, at: NOW - 2000 })
  expect(at(NOW + 60_000)).not.toHaveProperty('queue')
  told['system/outbox-batches'] = [said('', '0', NOW)]
  expect(at(NOW)).not.toHaveProperty('queue')
})
