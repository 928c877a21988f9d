/** Names: which member a written name means on a day, whatever its accents, case, normal form and title; never a guess. Pure. */
import type { Dimension, Member } from './dimension.ts'
import { type Entry, indexOf, isTitle, untitled } from './name-index.ts'
import { floor, validOn } from './range.ts'
import { distance, keysOf, wordsOf } from './spelling.ts'
import { kindsUntil } from './title.ts'

export type Named =
  | { readonly member: Member }
  | {
      readonly member: null
      /** Several bear the name on that day: which one is meant, nobody can say. */
      readonly candidates: readonly Member[]
      /** Who bears it on other days, or under another title (Hà Tĩnh is no city). */
      readonly elsewhere: readonly Member[]
      /** Whose name is written much like it. */
      readonly near: readonly Member[]
    }

/** Whether a member lies, over any number of steps, under another. */
function under(dimension: Dimension, member: Member, above: string): boolean {
  const seen = new Set(member.parents)
  for (const id of seen) for (const parent of dimension.members.get(id)?.parents ?? []) seen.add(parent)
  return seen.has(above)
}

const unique = (entries: readonly Entry[]) => [...new Set(entries.map(({ member }) => member))]

/**
 * The member that bears a written name on the day of `at`. A title in it must be one the member bears or bore
 * ("TP. Hà Tĩnh" is not the province); former names of a member that lives on are understood, names yet to come are not.
 * "Phường Hải Châu, Đà Nẵng" names a member within another.
 */
export function byName(dimension: Dimension, text: string, at: number): Named {
  const whole = within(dimension, text, at, () => true)
  // "Hà Nội (TP)", "Hồ Chí Minh, thành phố": sorted lists put the title behind.
  const [, name = '', title = ''] = /^([^,(]+)[,(]([^,()]+)\)?\s*$/.exec(text) ?? []
  if (!whole.member && isTitle(dimension, title)) return within(dimension, `${title} ${name}`, at, () => true)
  const comma = text.lastIndexOf(',')
  if (whole.member || comma < 0) return whole
  const place = byName(dimension, text.slice(comma + 1), at)
  if (!place.member) return whole
  const above = place.member.id
  const inside = within(dimension, text.slice(0, comma), at, (member) => under(dimension, member, above))
  return inside.member || inside.candidates.length > 0 ? inside : whole
}

function within(dimension: Dimension, text: string, at: number, fits: (member: Member) => boolean): Named {
  const index = indexOf(dimension)
  const words = wordsOf(text)
  const day = floor(at, 'day')
  const titled = untitled(words, index.titles)
  const elsewhere = new Set<Member>()
  const bears = ({ member, from }: Entry) => from <= day && validOn(member, at)
  for (const tier of [0, 1, 2] as const) {
    const look = (list: readonly string[]) =>
      (index.entries[tier].get(keysOf(list)[tier]) ?? []).filter(({ member }) => fits(member))
    const plain = look(words)
    const rest = titled ? look(titled.words) : []
    const kinds = ({ member }: Entry) => [...kindsUntil(member, at)].some((kind) => titled?.kinds.has(kind))
    const strong = [...plain.filter((entry) => !entry.short), ...rest.filter(kinds)]
    const found = [strong, plain].map((entries) => unique(entries.filter(bears))).find((list) => list.length > 0) ?? []
    const main = found.filter(({ kind }) => kind === undefined || !index.details.has(kind))
    const candidates = main.length > 0 && !titled ? main : found
    if (candidates.length === 1) return { member: candidates[0] as Member }
    if (candidates.length > 1) return { member: null, candidates, elsewhere: [], near: [] }
    for (const member of unique([...plain, ...rest])) elsewhere.add(member)
  }
  const near = elsewhere.size > 0 ? [] : alike(dimension, titled?.words ?? words, at, fits)
  return { member: null, candidates: [], elsewhere: [...elsewhere], near }
}

/** The members on that day whose name is nearest, at most three; none when all are far. */
function alike(
  dimension: Dimension,
  words: readonly string[],
  at: number,
  fits: (member: Member) => boolean,
): readonly Member[] {
  const [, , wanted] = keysOf(words)
  // A name all of whose letters differ is not like another.
  const most = Math.min(Math.max(2, Math.floor(wanted.length / 3)), wanted.length - 1)
  const far = new Map<Member, number>()
  for (const [key, entries] of indexOf(dimension).entries[2]) {
    if (Math.abs(key.length - wanted.length) > most) continue
    const steps = distance(key, wanted)
    if (steps > most) continue
    for (const { member } of entries)
      if (validOn(member, at) && fits(member)) far.set(member, Math.min(steps, far.get(member) ?? steps))
  }
  const least = Math.min(...far.values())
  return [...far].flatMap(([member, steps]) => (steps === least ? [member] : [])).slice(0, 3)
}
