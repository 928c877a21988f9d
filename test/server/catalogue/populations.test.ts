/** A list of population counts members that exist, on a day that exists. */
import { expect, test } from 'vitest'
import { lines, loadWith } from './folder.ts'

const head = 'title: { vi: Dân số, en: People }\nunit: { vi: người, en: people }\nbasis: unverified\n'
const place = 'dashboards/populations/people.yaml'
const wrong = (text: string) => lines(loadWith({ 'populations/people.yaml': head + text }))

test('members, day and dimension are checked where they stand', () => {
  expect(wrong('on: 2025-07-01\nvalues: { nobody-here: 5 }\n').join()).toContain(`${place}:5:24 values.nobody-here`)
  expect(wrong('on: 2025-02-30\nvalues: {}\n')).toEqual([`${place}:4:5 on: the calendar has no 2025-02-30`])
  expect(wrong('on: 2025-07-01\ndimension: person\nvalues: {}\n').join()).toContain('there is no dimension person')
  expect(wrong('on: 2025-07-01\nvalues: { nobody-here: 0 }\n').join()).toContain('values.nobody-here')
})

test('a sound list is joined', () => {
  const { catalogue, problems } = loadWith({ 'populations/people.yaml': `${head}on: 2025-07-01\nvalues: {}\n` })
  expect(problems).toEqual([])
  expect(catalogue.populations?.get('people')).toMatchObject({ id: 'people', per: 10_000, dimension: 'unit' })
})
