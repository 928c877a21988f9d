/** What a member was called, and what kind it was, on a date. Pure; safe for the browser. */
import type { Dimension, KindOf, Member } from './dimension.ts'
import { DAY, dayStart, floor, validOn } from './range.ts'
import type { Text } from './text.ts'

export interface Title {
  readonly name: Text
  readonly kind: string | undefined
}

/** The name and kind of a member on the day of `at`: Đồng Nai is a province until 2026-04-29 and a city since. */
export function titleOn(member: Member, at: number): Title {
  const then = (member.was ?? []).filter((former) => validOn(former, at))
  return {
    name: then.find(({ name }) => name)?.name ?? member.name,
    kind: then.find(({ kind }) => kind)?.kind ?? member.kind,
  }
}

type Held<T> = { readonly value: T; readonly from: number }

/** Every value a member has or had, with the day each begins; the one of today begins after the last former one. */
function held<T>(
  member: Member,
  now: T,
  before: readonly { value: T; from: number; to: number }[],
): readonly Held<T>[] {
  const since = Math.max(
    member.from === undefined ? -Infinity : dayStart(member.from),
    ...before.map(({ to }) => to + DAY),
  )
  return [...before, { value: now, from: since }]
}

const formers = <T>(member: Member, pick: (former: NonNullable<Member['was']>[number]) => T | undefined) =>
  (member.was ?? []).flatMap((former) => {
    const value = pick(former)
    const from = former.from === undefined ? -Infinity : dayStart(former.from)
    return value === undefined ? [] : [{ value, from, to: dayStart(former.to) }]
  })

/** Its names, with the day each begins (UTC ms; -Infinity when it always was so). */
export const namesOf = (member: Member): readonly Held<Text>[] =>
  held(
    member,
    member.name,
    formers(member, ({ name }) => name),
  )

/** The kinds it had until the day of `at`, that of the day included: a title once borne is still understood, one to come is not. */
export function kindsUntil(member: Member, at: number): ReadonlySet<string> {
  const all = held(
    member,
    member.kind,
    formers<string | undefined>(member, ({ kind }) => kind),
  )
  const day = floor(at, 'day')
  return new Set(all.flatMap(({ value, from }) => (value !== undefined && from <= day ? [value] : [])))
}

/** Where a kind stands: kinds of one level are peers; a kind without a level stands for itself. */
export const levelOf = (
  dimension: Pick<Dimension, 'kinds'> | undefined,
  kind: string | undefined,
): string | undefined => (kind === undefined ? undefined : (dimension?.kinds?.[kind]?.level ?? kind))

/** Every way a kind is written before or after a name. */
export const titlesOf = (kind: KindOf): readonly string[] => [kind.title.vi, kind.title.en, ...(kind.titles ?? [])]
