/** Every shipped declaration, damaged at random with a fixed seed: the check never throws, and every problem names a place that exists. */
import { expect, test } from 'vitest'
import { type Declarations, findDeclarations } from '../../../server/catalogue/files.ts'
import { joinDeclarations } from '../../../server/catalogue/load.ts'
import { DASHBOARDS } from '../../support/root.ts'

const sound = findDeclarations(DASHBOARDS)
const options = { variable: () => 'http://127.0.0.1:1', mode: 'demo' } as const

/** Whole numbers below a bound, the same ones on every machine. */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Dice = ReturnType<typeof dice>

const WRONG = [
  '[oops]',
  '12345',
  '{ x: y }',
  '',
  'true',
  '"\\u0007"',
  '-1',
  '2026-02-31',
  '*nobody',
  '!!binary x',
] as const
const FIELD = /^(\s*(?:- )?)([\w-]+):(?: .*)?$/

/** A field deleted, misspelt or given a wrong value; a text cut, indented wrongly or with a stray mark. */
function damage(text: string, roll: Dice): string {
  const lines = text.split('\n')
  const fields = lines.flatMap((line, i) => (FIELD.test(line) ? [i] : []))
  const at = fields[roll(fields.length)] ?? 0
  const [, indent = '', name = ''] = FIELD.exec(lines[at] ?? '') ?? []
  const put = (line: string) => lines.with(at, line).join('\n')
  const kind = roll(6)
  if (kind === 0) return lines.toSpliced(at, 1).join('\n')
  if (kind === 1) return put((lines[at] ?? '').replace(name, name.slice(0, -1) + name.slice(-2)))
  if (kind === 2 || kind === 3) return put(`${indent}${name}: ${WRONG[roll(WRONG.length)]}`)
  if (kind === 4) return text.slice(0, roll(text.length))
  const mark = ['\t', '}', '"', ': :', '\u0000', '<<<<<<< HEAD'][roll(6)] ?? ''
  return put(`${mark}${lines[at]}`)
}

const lengths = (all: Declarations) => new Map(all.found.map(({ file, text }) => [file, text.split('\n').length]))

function problemsOf(all: Declarations) {
  const { problems } = joinDeclarations(all, options)
  const known = lengths(all)
  for (const { place, field, message } of problems) {
    const [, file = '', line = '0', column = '0'] = /^(.+):(\d+):(\d+)$/.exec(place) ?? []
    const least = [Number(line) >= 1, Number(line) <= (known.get(file) ?? 0), Number(column) >= 1]
    expect(least, `${place} ${field}`).toEqual([true, true, true])
    expect(message.vi.length * message.en.length, place).toBeGreaterThan(0)
    expect(`${message.vi} ${message.en}`).not.toMatch(/undefined|\[object|NaN/)
  }
  return problems
}

test('as shipped there is nothing to mend', () => {
  expect(problemsOf(sound)).toEqual([])
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('all files damaged at once, seed %i', (seed) => {
  const roll = dice(seed)
  const found = sound.found.map((one) => ({ ...one, text: damage(one.text, roll) }))
  const problems = problemsOf({ ...sound, found })
  const files = new Set(problems.map(({ place }) => place.replace(/:\d+:\d+$/, '')))
  expect(files.size, 'some damage is harmless, most is not').toBeGreaterThan(found.length / 2)
})

test.each([11, 12, 13, 14, 15, 16])(
  'a file of twenty damaged, so that sound ones name broken ones, seed %i',
  (seed) => {
    const roll = dice(seed)
    const found = sound.found.map((one) => (roll(20) ? one : { ...one, text: damage(one.text, roll) }))
    expect(problemsOf({ ...sound, found }).length).toBeGreaterThan(0)
  },
)

test('a misspelt field is named in its own file, with the one that was meant', () => {
  const roll = dice(99)
  const found = sound.found.map((one) =>
    one.table ? one : { ...one, text: one.text.replace(/^title:/m, roll(2) ? 'titel:' : 'ttile:') },
  )
  const hints = problemsOf({ ...sound, found }).filter(({ message }) => message.en.endsWith('did you mean title?'))
  expect(hints.map(({ place }) => place.replace(/:\d+:\d+$/, '')).sort()).toEqual(
    found.flatMap(({ file, table }) => (table ? [] : [file])).sort(),
  )
})
