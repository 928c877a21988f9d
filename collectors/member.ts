/** Codes of a row → permanent members by code system and date; what no member carries then is named, never guessed. */
import { createHash } from 'node:crypto'
import { codeKey, type Dimension, type Member, type Resolution, resolve } from '../kpi/dimension.ts'
import { byName } from '../kpi/name.ts'
import { floor, validOn, ZONE_OFFSET } from '../kpi/range.ts'

/** `reason` is empty when the member is known; otherwise the observation is held with it. */
export interface Resolved {
  readonly member: string
  readonly reason: string
}

/** A stand-in id for a code nobody carries on that date: `unknown/qd19/52`. Different codes have different ids. */
export function unknownMember(system: string, code: string): string {
  const plain = code
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]*[^a-z0-9.][^a-z0-9]*/g, '-')
    .replace(/\.{2,}/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  const short = plain.slice(0, 60).replace(/[-.]+$/, '')
  if (short !== '' && short === code.toLowerCase()) return `unknown/${system}/${short}`
  const mark = createHash('sha256').update(code).digest('hex').slice(0, 8)
  return `unknown/${system}/${short === '' ? mark : `${short}-${mark}`}`
}

/** The local date of a moment, yyyy-MM-dd. */
const localDate = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(0, 10)

function byId(dimension: Dimension, id: string, at: number): Resolution {
  const member = dimension.members.get(id)
  return member && validOn(member, at) ? { member } : { member: null, known: member ? [member] : [] }
}

const listed = (members: readonly Member[]) => [...new Set(members.map(({ id }) => id))].join(', ')

/** A member and when it is there: `gia-lai until 2025-06-30`. */
const lived = ({ id, from, to }: Member) =>
  [id, from && `since ${from}`, to && `until ${to}`].filter((part) => part !== undefined).join(' ')

function byWrittenName(dimension: Dimension, name: string, at: number): Resolved {
  const found = byName(dimension, name, at)
  if (found.member) return { member: found.member.id, reason: '' }
  const { candidates, elsewhere, near } = found
  const said = `${dimension.id}: “${name}” on ${localDate(at)}`
  const hint =
    elsewhere.length > 0 ? `; not on that day or not under that title: ${elsewhere.map(lived).join(', ')}` : ''
  const meant = near.length > 0 ? `; did you mean ${listed(near)}` : ''
  return {
    member: unknownMember('name', name),
    reason:
      candidates.length > 0
        ? `ambiguous-name ${said} may be ${listed(candidates)}`
        : `unknown-name ${said}${hint}${meant}`,
  }
}

/** When and by whom a code is carried: `gia-lai until 2025-06-30`. */
function carried(system: string, code: string, member: Member): string {
  const own = member.codes.find((one) => codeKey(one.system, one.code) === codeKey(system, code))
  return lived({ ...member, from: own?.from ?? member.from, to: own?.to ?? member.to })
}

function byCode(dimension: Dimension, systems: readonly string[], code: string, at: number): Resolved {
  const others: string[] = []
  for (const system of systems) {
    const found = system === 'id' ? byId(dimension, code, at) : resolve(dimension, system, code, at)
    if (found.member !== null) return { member: found.member.id, reason: '' }
    others.push(...found.known.map((member) => carried(system, code, member)))
  }
  const [first = ''] = systems
  const known = [...new Set(others)].join(', ')
  // A list in the other spelling, or of another kind of code: the mapping wants that system.
  const meant = Object.keys(dimension.systems ?? {}).flatMap((system) => {
    const { member } = systems.includes(system) ? { member: null } : resolve(dimension, system, code, at)
    return member ? [`${system} it is ${member.id}`] : []
  })
  return {
    member: unknownMember(first, code),
    reason: [
      `unknown-member ${dimension.id}: ${systems.join(' or ')} ${code} on ${localDate(at)}`,
      ...(known ? [`on other dates ${known}`] : []),
      ...meant.map((one) => `as a code of ${one}`),
    ].join('; '),
  }
}

/** The most answers remembered. */
const MOST_SEEN = 200_000

/** A resolver that remembers its answers; one per run, since dimensions and dates repeat in every row. `name` reads written names. */
export function resolver(): (
  dimension: Dimension,
  systems: string | readonly string[],
  code: string,
  at: number,
) => Resolved {
  const seen = new Map<Dimension, Map<string | readonly string[], Map<number, Map<string, Resolved>>>>()
  let size = 0
  return (dimension, systems, code, at) => {
    const codes = within(within(within(seen, dimension), systems), floor(at, 'day'))
    const known = codes.get(code)
    if (known) return known
    const found =
      systems === 'name' ? byWrittenName(dimension, code, at) : byCode(dimension, [systems].flat(), code, at)
    size += 1
    if (size > MOST_SEEN) {
      seen.clear()
      size = 0
    } else codes.set(code, found)
    return found
  }
}

/** The map under a key, made where there is none. */
function within<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key)
  if (known) return known
  const made = new Map<L, V>()
  map.set(key, made)
  return made
}
