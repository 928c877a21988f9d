/** What a written note means: on a unit, or on its figure with the value and data version the writer saw. */
import { expect, test } from 'vitest'
import { Act } from '../../../kpi/act.ts'

/** The element asks for a browser's own classes as it is loaded. */
const browser = { HTMLElement: class {}, customElements: { define: () => {}, get: () => undefined } }
Object.assign(globalThis, browser)
const { noteOf } = await import('../../../client/unit/ops-note.ts')
// What runs after this in the same process must not take it for a browser.
for (const name of Object.keys(browser)) Reflect.deleteProperty(globalThis, name)

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
