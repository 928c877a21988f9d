/** Personal data never pass the border: not in what is stated or cited, not in problems, not as a code. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../collectors/border.ts'
import { disk } from '../../collectors/disk.ts'
import { isPersonal, MASKED, masked } from '../../collectors/personal.ts'
import { openProblems } from '../../collectors/problems.ts'
import { catalogueOf, mappings, sourceOf } from './rig.ts'

const PEOPLE = [
  '001202012345',
  '001 202 012 345',
  '0912345678',
  '0912.345.678',
  '+84 912 345 678',
  '02438461234',
  'a.b@x.gov.vn',
]
const THINGS = [
  '000.00.00.H41',
  '123456789012',
  '20261123100000',
  '1764000000000',
  '13.681',
  '0843.5',
  '84912345678',
  '2026-11-23T10:00:00+07:00',
  'H26-0000123',
  '1.084.912.345.678',
]

test('people are recognised, codes, moments, counts and amounts are not', () => {
  expect(PEOPLE.filter((text) => masked(`x ${text}, y`) !== `x ${MASKED}, y`)).toEqual([])
  expect(THINGS.filter(isPersonal)).toEqual([])
})

test('a row of people leaves nothing of them behind: statement, citation, problem, message, file', async () => {
  const source = sourceOf({
    ...{ kind: 'files', path: 'a.csv' },
    observations: [
      { ...mappings[0], citation: { field: 'note' } },
      { ...mappings[1], members: { unit: { field: 'who', codes: 'qcvn102' } } },
      { ...mappings[0], value: 'phone' },
    ],
  })
  const row = {
    ...{ h_code: '000.00.00.H41', period: '20261122090000', sent: 12, received: 3 },
    ...{ note: 'gọi 0912345678', who: '001202012345', phone: 'số 0912345678', name: 'Nguyễn Văn A' },
  }
  const { rows, refused } = check([row], null, source, catalogueOf(source), Date.parse('2026-11-22T10:00:00+07:00'))
  const folder = mkdtempSync(join(tmpdir(), 'personal-'))
  await openProblems(disk, folder, source.id, ['name']).keep(refused, 0)
  const kept = readFileSync(join(folder, 'problems', 'demo+interchange.ndjson'), 'utf8')
  rmSync(folder, { recursive: true })
  expect(rows.flat()[0]?.statement.citation).toBe(`gọi ${MASKED}`)
  expect(refused.map(({ problem }) => [problem.row, problem.field])).toEqual([
    [1, 'who'],
    [1, 'phone'],
  ])
  const all = JSON.stringify([rows, refused.map(({ problem }) => problem)]) + kept
  expect(['0912345678', '001202012345', 'Nguyễn'].filter((text) => all.includes(text))).toEqual([])
  expect(kept).toContain('000.00.00.H41')
})

test('the cheap look beforehand lets nothing through that is masked otherwise', () => {
  const piece = fc.constantFrom(
    '0',
    '84',
    '+84',
    '0084',
    '3',
    '9',
    '2',
    '12345678',
    '912 345 678',
    '.',
    '-',
    ' ',
    'a',
    ',',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      // A lone @ is no address, and makes the whole pattern be looked for.
      expect(masked(text)).toBe(masked(`${text}\n@`).slice(0, -2))
    }),
    { numRuns: 3000 },
  )
})
