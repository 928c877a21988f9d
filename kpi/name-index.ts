/** Every spelling under which members of a dimension may be found, made once per dimension. Pure. */
import type { Dimension, Member } from './dimension.ts'
import { bare, keysOf, wordsOf } from './spelling.ts'
import { namesOf, titlesOf } from './title.ts'

export interface Entry {
  readonly member: Member
  /** The first day the member bears the name. */
  readonly from: number
  /** Whether the title that is part of the name was left off: "Tài chính" for "Bộ Tài chính". */
  readonly short: boolean
}

interface Titled {
  readonly words: readonly string[]
  readonly kinds: ReadonlySet<string>
}

interface Index {
  /** Title (words without marks) → the kinds written so, and whether it may stand after the name; longest first. */
  readonly titles: readonly {
    readonly words: readonly string[]
    readonly kinds: ReadonlySet<string>
    readonly after: boolean
  }[]
  /** By the three keys of `keysOf`. */
  readonly entries: readonly [Map<string, Entry[]>, Map<string, Entry[]>, Map<string, Entry[]>]
  readonly details: ReadonlySet<string>
}

const INDEXES = new WeakMap<Dimension, Index>()

function titleIndex(dimension: Dimension): Index['titles'] {
  const found = new Map<string, { readonly kinds: Set<string>; after: boolean }>()
  for (const [id, kind] of Object.entries(dimension.kinds ?? {}))
    for (const title of titlesOf(kind)) {
      const key = wordsOf(title).map(bare).join(' ')
      const one = found.get(key) ?? { kinds: new Set(), after: false }
      one.kinds.add(id)
      // Only English says City after the name; in Vietnamese Hà Tĩnh would lose its second half.
      one.after ||= title === kind.title.en
      found.set(key, one)
    }
  return [...found]
    .map(([key, one]) => ({ words: key.split(' '), ...one }))
    .sort((a, b) => b.words.length - a.words.length)
}

/** A name without its title before it, or in English after it; null when it has none or nothing else. */
export function untitled(words: readonly string[], titles: Index['titles']): Titled | null {
  const plain = words.map(bare)
  const at = (title: readonly string[], start: number) => title.every((word, i) => plain[start + i] === word)
  const fits = titles.filter(({ words: title }) => title.length < words.length)
  const before = fits.find(({ words: title }) => at(title, 0))
  if (before) return { words: words.slice(before.words.length), kinds: before.kinds }
  const behind = fits.find(({ words: title, after }) => after && at(title, words.length - title.length))
  return behind ? { words: words.slice(0, -behind.words.length), kinds: behind.kinds } : null
}

/** Whether a text is a title and nothing more: "TP." */
export function isTitle(dimension: Dimension, text: string): boolean {
  const key = wordsOf(text).map(bare).join(' ')
  return key !== '' && indexOf(dimension).titles.some(({ words }) => words.join(' ') === key)
}

export function indexOf(dimension: Dimension): Index {
  const known = INDEXES.get(dimension)
  if (known) return known
  const titles = titleIndex(dimension)
  const entries: Index['entries'] = [new Map(), new Map(), new Map()]
  function add(words: readonly string[], entry: Entry) {
    for (const [tier, key] of keysOf(words).entries()) {
      const list = entries[tier]?.get(key)
      if (!list) entries[tier]?.set(key, [entry])
      else if (!list.some((one) => one.member === entry.member && one.short <= entry.short && one.from <= entry.from))
        list.push(entry)
    }
  }
  for (const member of dimension.members.values()) {
    const aliases = (member.aliases ?? []).map((alias) => ({ text: alias, from: -Infinity }))
    const names = namesOf(member).flatMap(({ value, from }) => [value.vi, value.en].map((text) => ({ text, from })))
    for (const { text, from } of [...names, ...aliases]) {
      const words = wordsOf(text)
      add(words, { member, from, short: false })
      const left = untitled(words, titles)
      if (left && member.kind !== undefined && left.kinds.has(member.kind))
        add(left.words, { member, from, short: true })
    }
  }
  const details = Object.entries(dimension.kinds ?? {}).flatMap(([id, { detail }]) => (detail ? [id] : []))
  const index = { titles, entries, details: new Set(details) }
  INDEXES.set(dimension, index)
  return index
}
