/** What rows repeat is worked out once: members in their order, and which codes are personal data. */
import { type Members, members } from '../kpi/observation.ts'
import { isPersonal } from './personal.ts'

/** The most combinations of members, or codes, remembered. */
const MOST_KNOWN = 50_000

/** Members in the order of their dimensions; equal ones are one object, since rows repeat them. */
export function memberships(): (found: Readonly<Record<string, string>>) => Members {
  const known = new Map<string, Members>()
  return (found) => {
    const name = JSON.stringify(found)
    const same = known.get(name)
    if (same) return same
    if (known.size >= MOST_KNOWN) known.clear()
    const made = members(found)
    known.set(name, made)
    return made
  }
}

/** Whether codes are personal data; remembered, since rows repeat them. */
export function personalCodes(): (code: string) => boolean {
  const known = new Map<string, boolean>()
  return (code) => {
    const same = known.get(code)
    if (same !== undefined) return same
    if (known.size >= MOST_KNOWN) known.clear()
    const personal = isPersonal(code)
    known.set(code, personal)
    return personal
  }
}
