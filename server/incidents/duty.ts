/** Who is told of what: the roles of a rule, as they are on duty, by their ways; every message is owed before it is sent. Pure. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Entry, type Incident, pointName } from '../../kpi/incident.ts'
import { duration } from '../../kpi/range.ts'
import { recurs } from '../../kpi/recurs.ts'
import type { Role } from '../../kpi/role.ts'

/** Whether a role is on duty at `at`. */
export function onDuty(role: Role, catalogue: Pick<Catalogue, 'calendars'>, at: number): boolean {
  return role.duty.length === 0 || role.duty.some((hours) => recurs(hours, at, catalogue.calendars))
}

/** Who is told in place of a role at `at`: itself while on duty, else the one it passes on to; itself where there is none, and then the message waits. */
export function standIn(role: Role, catalogue: Catalogue, at: number): Role {
  let one = role
  for (const seen = new Set<string>(); !onDuty(one, catalogue, at) && !seen.has(one.id); ) {
    seen.add(one.id)
    const next = catalogue.roles?.get(one.otherwise ?? '')
    if (!next) return role
    one = next
  }
  return one
}

/** Whether a change of an incident is told: something joined that had not been part of it. */
function grew(entry: Entry, before: Incident | undefined): boolean {
  const had = new Set(before?.points.map(pointName))
  return entry.said.standing?.points.some((point) => !had.has(pointName(point))) ?? false
}

/** Which roles an entry concerns, before duty is looked at; `before` is the incident as it was. */
function rolesOf(entry: Entry, before: Incident | undefined, catalogue: Catalogue): readonly string[] {
  const rule = catalogue.rules?.get(entry.said.standing?.rule ?? before?.rule ?? '')
  if (entry.kind === 'opened') return entry.said.roles ?? rule?.roles ?? []
  if (entry.kind === 'escalated') return entry.said.roles ?? []
  // Whoever took it in hand sees it grow; who is told again is who was told first.
  if (entry.kind === 'changed') return grew(entry, before) ? (rule?.roles ?? []) : []
  if (entry.kind === 'closed' && !entry.said.reason?.startsWith('joined ')) return rule?.roles ?? []
  return []
}

/** The messages an entry owes, as entries to be written together with it. */
export function owedBy(entry: Entry, before: Incident | undefined, catalogue: Catalogue): readonly Entry[] {
  const severity = entry.said.standing?.severity ?? before?.severity ?? 'warning'
  const simulated = entry.said.standing?.simulated ?? before?.simulated ?? false
  const roles = rolesOf(entry, before, catalogue).flatMap((id) => catalogue.roles?.get(id) ?? [])
  const told = new Map(roles.map((role) => standIn(role, catalogue, entry.at)).map((role) => [role.id, role]))
  return [...told.values()].flatMap((role) => {
    const grave = severity === 'critical' || role.least === 'warning' || entry.kind === 'escalated'
    if (!grave || (simulated && !role.simulated)) return []
    const gathers = role.digest !== undefined && severity !== 'critical' && entry.kind !== 'escalated'
    const beat = gathers ? (duration(role.digest ?? '') ?? 0) : 0
    const after = beat > 0 ? Math.ceil((entry.at + 1) / beat) * beat : entry.at
    return role.ways.map((_, way): Entry => {
      const message = `${entry.id}-${role.id}-${way}`
      const { cause, number, at } = entry
      return {
        cause,
        number,
        id: `owed-${message}`,
        kind: 'owed',
        at,
        by: '',
        said: { message, role: role.id, way, after },
      }
    })
  })
}
