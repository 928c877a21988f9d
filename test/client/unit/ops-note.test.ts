/** What a written note means: on a unit, or on its figure with the value and data version the writer saw. */
import { expect, test } from 'vitest'
import { Act } from '../../../kpi/act.ts'

/** The element asks for a browser's own classes as it is loaded. */
Object.assign(globalThis, { HTMLElement: class {}, customElements: { define: () => {}, get: () => undefined } })
const { noteOf } = await import('../../../client/unit/ops-note.ts')

test('a note is bound to what it is on, the value and the data version; too short it is none', () => {
  const figure = { indicator: 'filings/received', value: '812' }
  expect(noteOf(' đã gọi Sở ', 'hue', figure, 7)).toEqual({
    ...{ act: 'note', note: 'đã gọi Sở', members: { unit: 'hue' }, pulse: 7 },
    ...{ indicator: 'filings/received', value: '812' },
  })
  const unit = noteOf('đã gọi Sở', 'hue', null, 7)
  expect(unit).toEqual({ act: 'note', note: 'đã gọi Sở', members: { unit: 'hue' }, pulse: 7 })
  expect(Act.safeParse(unit).success).toBe(true)
  expect(Act.safeParse(noteOf('đã gọi', 'hue', { ...figure, value: null }, 7)).success).toBe(true)
  expect(noteOf('ừ ', 'hue', figure, 7)).toBe(null)
})
