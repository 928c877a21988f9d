/** An incident where its value is shown: which rule, whom, since when, and who has it; on a panel of what it is about, and on the page of whom it names. */
import { expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { SOME } from '../../../client/gallery/incidents.ts'
import { NOW, reading, slice } from '../../../client/gallery/readings.ts'
import { incidentsAbout, incidentsOf, sayHere } from '../../../client/views/incident-here.ts'
import type { Language } from '../../../kpi/text.ts'

const [taken, source, nation] = SOME.incidents
const say = (one: typeof taken, language: Language = 'vi') =>
  one ? sayHere(one, { catalogue: COUNTRY, language, now: NOW }) : null

test('the rule, whom it names, since when, and who has it', () => {
  const said = say(taken)
  expect(said?.what).toBe('Giải quyết đúng hạn ở mức nghiêm trọng')
  expect(said?.names).toMatch(/^Gia Lai.*, Lâm Đồng/)
  expect(said?.since).toMatch(/^từ 08:15/)
  expect(said?.hand).toMatchObject({
    calm: true,
    text: expect.stringMatching(/^đã nhận · truc-ban · 09:02 · hẹn xong/),
  })
  expect(say(nation)?.hand).toMatchObject({ calm: false, text: expect.stringMatching(/^chưa ai nhận/) })
  expect(say(source, 'en')).toMatchObject({
    what: 'Feedback: silent',
    names: '',
    since: expect.stringMatching(/^since /),
  })
})

test('a panel shows what is open on its own figure, a unit what names it or makes it up', () => {
  const rate = slice('filings/on-time')
  const key = JSON.stringify(['filings/on-time', 'today', [], []])
  expect(incidentsOf(SOME, key, [reading(rate)]).map(({ id }) => id)).toEqual(['on-time:1', 'nation:1'])
  expect(incidentsOf(SOME, JSON.stringify(['documents/sent', 'today', [], []]), [])).toEqual([])
  // A group that is split by its members shows those of one; its own figure does not.
  const group = (by: readonly string[]) => JSON.stringify(['filings/on-time', 'today', by, [['unit', 'provinces-34']]])
  expect(incidentsOf(SOME, group(['unit']), []).map(({ id }) => id)).toEqual(['on-time:1', 'nation:1'])
  expect(incidentsOf(SOME, group([]), []).map(({ id }) => id)).toEqual(['nation:1'])
  const fed = reading(rate, { sources: ['feedback'] })
  expect(incidentsOf(SOME, JSON.stringify(['documents/sent', 'today', [], []]), [fed]).map(({ id }) => id)).toEqual([
    'source@feedback:1',
  ])
  expect(incidentsAbout(SOME, 'gia-lai').map(({ id }) => id)).toEqual(['on-time:1', 'nation:1'])
  expect(incidentsAbout(SOME, 'hue')).toEqual([])
  expect(incidentsAbout(null, 'hue')).toEqual([])
})
