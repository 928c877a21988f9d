/** Codes of a row → permanent members by code system and date; what no member carries then is named, never guessed. */
import { createHash } from 'node:crypto'
import { type Dimension, type Resolution, resolve } from '../kpi/dimension.ts'
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

function look(dimension: Dimension, system: string, code: string, at: number): Resolved {
  const found = system === 'id' ? byId(dimension, code, at) : resolve(dimension, system, code, at)
  if (found.member !== null) return { member: found.member.id, reason: '' }
  const others = found.known.map((member) => member.id).join(', ')
  return {
    member: unknownMember(system, code),
    reason: `unknown-member ${dimension.id}: ${system} ${code} on ${localDate(at)}${others && `; on other dates ${others}`}`,
  }
}

/** A resolver that remembers its answers; one per run, since dimensions and dates repeat in every row. */
export function resolver(): (dimension: Dimension, system: string, code: string, at: number) => Resolved {
  const seen = new Map<string, Resolved>()
  return (dimension, system, code, at) => {
    const key = `${dimension.id} ${system} ${floor(at, 'day')} ${code}`
    const known = seen.get(key) ?? look(dimension, system, code, at)
    seen.set(key, known)
    return known
  }
}
