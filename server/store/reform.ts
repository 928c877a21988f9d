/** Reforms: former units counted where they went, and what they last said dropped once it no longer stands. */
import type { Dimension } from '../../kpi/dimension.ts'
import { DAY, dayStart } from '../../kpi/range.ts'
import { followers, heirs } from '../../kpi/succession.ts'
import type { Filter } from './filter.ts'

interface End {
  readonly id: string
  readonly end: number
}
/** By dimension, who ever ended: asked for with every slice. */
const ends = new WeakMap<Dimension, readonly End[]>()

/** Everybody who ended; a list that ended is not one, it only stands in books. */
function everEnded(dimension: Dimension): readonly End[] {
  const known = ends.get(dimension)
  if (known) return known
  const found = [...dimension.members.values()].flatMap(({ id, to, members, size }) =>
    to === undefined || members || size !== undefined ? [] : [{ id, end: dayStart(to) + DAY }],
  )
  ends.set(dimension, found)
  return found
}

/** Members that ended after `from` and before `at`. */
const ended = (dimension: Dimension, from: number, at: number) =>
  everEnded(dimension).filter(({ end }) => end > from && end <= at)

/** SQL of the member of `who`: former ones as who stands for them at `at`; itself when nobody is carried. */
export function carriedMember(dimension: Dimension | undefined, name: string, at: number | null): Filter {
  const plain = `members[${name}]`
  const carried = dimension && at !== null ? [...heirs(dimension, at)] : []
  if (!dimension || carried.length === 0) return { sql: plain, params: {} }
  return {
    sql: `if(${name} = {carriedIn: String}, transform(${plain}, {formers: Array(String)}, {heirs: Array(String)}, ${plain}), ${plain})`,
    params: {
      carriedIn: dimension.id,
      formers: carried.map(([former]) => former),
      heirs: carried.map(([, { member }]) => member.id),
    },
  }
}

/** Members that ended in a span: what they last said stands no longer than they did. */
export function goneWithin(dimension: Dimension | undefined, from: number, at: number): ReadonlySet<string> {
  return new Set(dimension ? ended(dimension, from, at).map(({ id }) => id) : [])
}

/**
 * Of each former member those that followed it: among newest statements of all times its last word is silent once one of
 * them has spoken, so that a total never counts both.
 */
export function overtakers(dimension: Dimension | undefined, at: number): ReadonlyMap<string, readonly string[]> {
  const gone = dimension ? ended(dimension, Number.NEGATIVE_INFINITY, at) : []
  return new Map(dimension ? gone.map(({ id }) => [id, followers(dimension, id)]) : [])
}

/** Of each member that ended in a span the moment (UTC ms) after which what it said stands no longer. */
export function endsOf(dimension: Dimension | undefined, from: number, at: number): ReadonlyMap<string, number> {
  return new Map(dimension ? ended(dimension, from, at).map(({ id, end }) => [id, end]) : [])
}
