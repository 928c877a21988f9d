/** What the checks of dimensions share: the lists of one dimension, each of their members, and days that two things share. */
import type { Dimension, DimensionFile, Member } from '../../kpi/dimension.ts'
import type { Declared } from './check.ts'
import type { Path } from './yaml.ts'

const FIRST = '0000-00-00'
const LAST = '9999-99-99'

export interface Validity {
  readonly from: string
  readonly to: string
}
interface Dated {
  readonly from?: string | undefined
  readonly to?: string | undefined
}
/** The lists of one dimension, and what they are together; undefined while a list is broken. */
export interface Lists {
  readonly id: string
  readonly all: readonly Declared<DimensionFile>[]
  readonly joined: Dimension | undefined
}

export function both(a: Dated, b: Dated): Validity {
  const from = [a.from ?? FIRST, b.from ?? FIRST].sort()[1] ?? FIRST
  const to = [a.to ?? LAST, b.to ?? LAST].sort()[0] ?? LAST
  return { from, to }
}

/** Every member with the list it stands in and where it stands there. */
export function each<T>(lists: Lists, look: (member: Member, list: Declared<DimensionFile>, at: Path) => readonly T[]) {
  return lists.all.flatMap((list) => list.value.members.flatMap((member, i) => look(member, list, ['members', i])))
}
