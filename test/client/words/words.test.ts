/** Both languages say everything, and say it properly. */
import { describe, expect, test } from 'vitest'
import { en } from '../../../client/words/en.ts'
import { words } from '../../../client/words/index.ts'
import { vi } from '../../../client/words/vi.ts'
import { FRESHNESSES, MARKS, STATUSES } from '../../../kpi/reading.ts'

const said = (word: unknown) => (typeof word === 'function' ? String(word('1', '2')) : String(word))

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const say = words(language)

  test('has every key, with a sentence', () => {
    expect(Object.keys(say).sort()).toEqual(Object.keys(vi).sort())
    for (const [key, word] of Object.entries(say)) if (key !== 'exact') expect(said(word), key).not.toBe('')
  })

  test('is composed text (NFC) without stray spaces', () => {
    for (const word of Object.values(say)) {
      expect(said(word).normalize('NFC')).toBe(said(word))
      expect(said(word)).toBe(said(word).trim())
    }
  })

  test('has a word of its own for each status, mark and state of age', () => {
    const named = [...STATUSES, ...MARKS, ...FRESHNESSES.filter((state) => state !== 'fresh')]
    expect(new Set(named.map((name) => say[name as keyof typeof say])).size).toBe(named.length)
  })
})

test('the languages differ wherever a sentence is meant', () => {
  const same = Object.keys(vi).filter((key) => said(vi[key as keyof typeof vi]) === said(en[key as keyof typeof en]))
  expect(same.sort()).toEqual(
    ['countOf', 'exact', 'percent', 'product', 'spans', 'units'].filter((key) => same.includes(key)),
  )
})
