/** One turn of the incidents: from what counts now and what is open, the entries the journal is to have. Pure: equal histories give equal entries. */
import { type Entry, type Incident, type Point, pointName, type Said, type Standing } from './incident.ts'
import { duration } from './range.ts'
import type { Rule } from './rule.ts'

export interface Turn {
  /** The newest incident of each cause, open or closed. */
  readonly newest: ReadonlyMap<string, Incident>
  /** What counts now, by cause. */
  readonly standing: ReadonlyMap<string, Standing>
  /** Points that went over to another cause: an incident that lost all of its points to them is closed as joined. */
  readonly moved: ReadonlyMap<string, string>
  /** Rules that are watched; an incident of one that is not is closed. */
  readonly rules: ReadonlyMap<string, Rule>
  /** The data version, UTC milliseconds. */
  readonly pulse: number
  readonly now: number
}

/** The most points an incident names; the rest is counted. */
export const NAMED = 60

/** The entries of this turn, in the order of causes. */
export function turn({ newest, standing, moved, rules, pulse, now }: Turn): readonly Entry[] {
  const found: Entry[] = []
  const say = (cause: string, number: number, kind: Entry['kind'], id: string, said: Said) =>
    found.push({ cause, number, id, kind, at: now, by: '', said })
  for (const cause of [...standing.keys()].sort()) {
    const one = standing.get(cause) as Standing
    const before = newest.get(cause)
    if (before?.state === 'open') {
      if (differs(before, one))
        say(cause, before.number, 'changed', `changed-${before.changes + 1}`, { standing: one, pulse })
      continue
    }
    // A person closed it: it is not opened again before the condition was over once.
    if (before?.muted) continue
    say(cause, (before?.number ?? 0) + 1, 'opened', 'opened', { standing: one, pulse })
  }
  for (const [cause, life] of newest) {
    if (standing.has(cause)) continue
    if (life.muted) say(cause, life.number, 'over', 'over', {})
    if (life.state !== 'open' || life.drill) continue
    const into = moved.get(cause)
    const reason =
      into !== undefined ? `joined ${into}` : life.points.some(({ rule }) => rules.has(rule)) ? 'over' : 'withdrawn'
    say(cause, life.number, 'closed', 'closed', { reason, pulse })
  }
  return [...found, ...escalations({ newest, standing, rules, now })]
}

/** Whom nobody has told in time: all that a turn says where nothing but the time has changed. */
export function escalations({
  newest,
  standing,
  rules,
  now,
}: Pick<Turn, 'newest' | 'standing' | 'rules' | 'now'>): readonly Entry[] {
  const found: Entry[] = []
  for (const [cause, life] of newest) {
    const escalation = standing.has(cause) || life.drill ? escalationOf(life, rules.get(life.rule), now) : null
    if (!escalation) continue
    const { id, said } = escalation
    found.push({ cause, number: life.number, id, kind: 'escalated', at: now, by: '', said })
  }
  return found
}

/** Whether an open incident is another than was said: points joined or left, or it grew graver. Measured values alone are no news. */
function differs(before: Incident, after: Standing): boolean {
  if (before.more !== after.more || before.rule !== after.rule || before.severity !== after.severity) return true
  if (before.points.length !== after.points.length) return true
  if (before.points.every((point, i) => isPoint(point, after.points[i] as Point))) return false
  const had = new Set(before.points.map(pointName))
  return had.size !== after.points.length || after.points.some((point) => !had.has(pointName(point)))
}

/** Whether two are the same point, by their names but without making them. */
function isPoint(a: Point, b: Point): boolean {
  if (a.rule !== b.rule) return false
  for (const dimension in a.members) if (a.members[dimension] !== b.members[dimension]) return false
  for (const dimension in b.members) if (a.members[dimension] === undefined) return false
  return true
}

function escalationOf(
  life: Incident,
  rule: Rule | undefined,
  now: number,
): { readonly id: string; readonly said: Said } | null {
  if (life.state !== 'open' || !rule?.escalate) return null
  const { roles, after } = rule.escalate
  if (!life.acknowledged) {
    if (life.escalated !== null || now - life.opened < (duration(after) ?? 0)) return null
    return { id: 'escalated', said: { roles, why: 'unacknowledged' } }
  }
  const { due, at } = life.acknowledged
  if (due === null || now <= due || (life.escalated !== null && life.escalated.at >= Math.max(due, at))) return null
  return { id: `escalated-due-${due}`, said: { roles, why: 'due' } }
}

/** The points an incident names, the longest standing first, and how many more there are. */
export function named(points: readonly Point[]): { readonly points: readonly Point[]; readonly more: number } {
  if (points.length <= 1) return { points, more: 0 }
  const ordered = points
    .map((point) => ({ point, name: pointName(point) }))
    .sort((a, b) => a.point.began - b.point.began || (a.name < b.name ? -1 : 1))
    .slice(0, NAMED)
  return { points: ordered.map(({ point }) => point), more: Math.max(0, points.length - NAMED) }
}
