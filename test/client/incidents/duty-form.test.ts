/** What a person says about an incident on the duty list: what each word needs, and which moment a promise means. */
import { expect, test } from 'vitest'
import { actOf, dueOf, PROMISES } from '../../../client/incidents/duty-form.ts'
import { Act } from '../../../kpi/act.ts'
import { HOUR } from '../../../kpi/range.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
const MORNING = at('2026-11-23T09:12:00')

test('a promise is a moment: in hours, or by the end of a working day; what is over today is tomorrow', () => {
  expect(PROMISES.map((promised) => dueOf(promised, MORNING))).toEqual([
    ...[null, MORNING + HOUR, MORNING + 4 * HOUR],
    ...[at('2026-11-23T17:00:00'), at('2026-11-24T17:00:00')],
  ])
  const evening = at('2026-11-23T19:00:00')
  expect([dueOf('today', evening), dueOf('tomorrow', evening)]).toEqual([
    at('2026-11-24T17:00:00'),
    at('2026-11-24T17:00:00'),
  ])
})

test('every word is an act the server takes; only taking needs nothing written', () => {
  const act = (word: Parameters<typeof actOf>[0], text: string) => actOf(word, 'r:1', text, '1h', MORNING, 7)
  const words = ['acknowledge', 'note', 'assign', 'close'] as const
  expect(words.map((word) => act(word, ' '))).toEqual([
    { act: 'acknowledge', incident: 'r:1', note: '', due: MORNING + HOUR },
    ...[null, null, null],
  ])
  const said = words.map((word) => act(word, ' đã gọi tỉnh '))
  expect(said.map((one) => Act.safeParse(one).success)).toEqual([true, true, true, true])
  expect(said.slice(1)).toEqual([
    { act: 'note', incident: 'r:1', note: 'đã gọi tỉnh', members: {}, pulse: 7 },
    { act: 'assign', incident: 'r:1', to: 'đã gọi tỉnh', note: '' },
    { act: 'close', incident: 'r:1', reason: 'đã gọi tỉnh' },
  ])
})
