/** How wide texts are taken for; that no text is wider on the glass: `browser/shipped.test.ts`. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf, widthOf } from '../../../client/draw/letters.ts'

test('marks on letters take no width, capitals more than small letters', () => {
  expect(widthOf('Tuyên Quang')).toBe(widthOf('Tuyen Quang'))
  expect(widthOf('ộ')).toBe(widthOf('o'))
  expect(widthOf('MWO')).toBeGreaterThan(widthOf('ill'))
  expect(widthOf('')).toBe(0)
})

test('words go to the next line whole, and what is wider than the room is broken', () => {
  const word = widthOf('anh')
  expect(linesOf('anh anh', 2 * word + widthOf(' ') + 0.001)).toBe(1)
  expect(linesOf('anh anh', 2 * word)).toBe(2)
  expect(linesOf('anh anh anh', 1.9 * word)).toBe(3)
  expect(linesOf('', 10)).toBe(1)
  expect(linesOf('aaaaaaaaaa', widthOf('aaa'))).toBe(4)
})

test('a narrower room never takes fewer lines, and no fewer than the letters fill', () => {
  const text = fc.array(fc.stringMatching(/^[a-zđ]{1,9}$/), { minLength: 1 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(text, fc.integer({ min: 6, max: 60 }), (said, room) => {
      expect(linesOf(said, room)).toBeGreaterThanOrEqual(linesOf(said, room + 5))
      expect(linesOf(said, room) * room).toBeGreaterThanOrEqual(widthOf(said.replaceAll(' ', '')) - 0.001)
    }),
  )
})
