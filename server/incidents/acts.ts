/** What people do about incidents, as entries of the journal; what may not be is refused with a sentence. Pure. */
import { randomUUID } from 'node:crypto'
import type { Act } from '../../kpi/act.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Entry, type Incident, incidentOf, NOTES, PLANNED, SILENCES } from '../../kpi/incident.ts'
import { members } from '../../kpi/observation.ts'
import { duration, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Silence } from '../../kpi/silence.ts'
import type { Text } from '../../kpi/text.ts'
import { knownThings } from '../questions.ts'
import { Refusal } from '../refusal.ts'

export interface Acted {
  readonly incident?: Incident
  readonly silence?: Silence
  readonly entry: string
}

export interface ActingOn {
  readonly catalogue: Catalogue
  readonly newest: ReadonlyMap<string, Incident>
  readonly silences: ReadonlyMap<string, Silence>
  readonly now: number
}

export interface Written {
  readonly entries: readonly Entry[]
  readonly answer: (newest: ReadonlyMap<string, Incident>) => Acted
}

const refuse = (status: number, field: string, vi: string, en: string) => new Refusal(status, { vi, en }, field)

function find({ newest }: ActingOn, id: string, mustBeOpen: boolean): Incident {
  const named = incidentOf(id)
  const life = named ? newest.get(named.cause) : undefined
  if (!named || !life || named.number > life.number)
    throw refuse(
      404,
      'incident',
      `Không có sự cố “${id}”; xem /api/incidents.`,
      `There is no incident “${id}”; see /api/incidents.`,
    )
  if (life.number !== named.number || (mustBeOpen && life.state === 'closed'))
    throw refuse(409, 'incident', `Sự cố “${id}” đã đóng.`, `The incident “${id}” is closed.`)
  return life
}

/** The entries an act writes, and what it answers once they are written. Throws Refusals. */
export function entriesOfAct(act: Act, by: string, on: ActingOn): Written {
  const { now, catalogue } = on
  const entry = (cause: string, number: number, kind: Entry['kind'], id: string, said: Entry['said']): Entry => {
    return { cause, number, id, kind, at: now, by, said }
  }
  /** An entry about an incident, answered with what became of it. */
  const about = (life: Incident, kind: Entry['kind'], said: Entry['said'], also: readonly Entry[] = []): Written => {
    const one = entry(life.cause, life.number, kind, kind === 'closed' ? 'closed' : `${kind}-${randomUUID()}`, said)
    return {
      entries: [one, ...also],
      answer: (newest) => {
        const incident = newest.get(life.cause)
        return { ...(incident ? { incident } : {}), entry: one.id }
      },
    }
  }
  switch (act.act) {
    case 'acknowledge': {
      if (act.due !== undefined && act.due <= now)
        throw refuse(
          422,
          'due',
          'Thời hạn due đã qua; hãy chọn một thời điểm sắp tới.',
          'due has passed; choose a moment to come.',
        )
      const { note, due } = act
      return about(find(on, act.incident, true), 'acknowledged', { note, ...(due === undefined ? {} : { due }) })
    }
    case 'assign':
      return about(find(on, act.incident, true), 'assigned', { to: act.to, note: act.note })
    case 'close':
      return about(find(on, act.incident, true), 'closed', { reason: act.reason, pulse: now })
    case 'note': {
      if (act.incident !== undefined)
        return about(find(on, act.incident, false), 'noted', { note: act.note, pulse: act.pulse })
      if (act.indicator === undefined && Object.keys(act.members).length === 0)
        throw refuse(
          400,
          'indicator',
          'Ghi chú cần incident, indicator hoặc members.',
          'A note needs incident, indicator or members.',
        )
      if (act.pulse > now + 60_000)
        throw refuse(
          422,
          'pulse',
          'Phiên bản dữ liệu pulse nằm trong tương lai.',
          'The data version pulse lies in the future.',
        )
      knownThings(catalogue, { indicator: act.indicator, where: act.members })
      const value = { indicator: act.indicator ?? null, members: members(act.members), value: act.value ?? null }
      const one = entry(NOTES, 0, 'noted', `noted-${randomUUID()}`, { note: act.note, pulse: act.pulse, about: value })
      return { entries: [one], answer: () => ({ entry: one.id }) }
    }
    case 'silence':
      return plan(act, on, entry)
    case 'speak': {
      if (!on.silences.has(act.silence) || !act.silence.startsWith(PLANNED))
        throw refuse(
          404,
          'silence',
          `Không có lịch im lặng “${act.silence}” nào do người đặt; lịch đã khai thì sửa trong dashboards/silences.`,
          `There is no silence “${act.silence}” that a person planned; declared ones are changed in dashboards/silences.`,
        )
      const one = entry(SILENCES, 0, 'lifted', `${act.silence}.lifted`, { note: act.note })
      return { entries: [one], answer: () => ({ entry: one.id }) }
    }
    case 'drill': {
      for (const role of act.roles)
        if (!catalogue.roles?.has(role))
          throw refuse(404, 'roles', `Không có vai “${role}”.`, `There is no role “${role}”.`)
      const cause = `drill@${randomUUID().slice(0, 8)}`
      const one = entry(cause, 1, 'opened', 'opened', {
        drill: true,
        pulse: now,
        roles: act.roles,
        standing: {
          ...{ cause, rule: '', title: drillTitle(act.title), severity: act.severity, source: null },
          action: {
            vi: 'Diễn tập: nhận việc như thật, rồi đóng với lý do.',
            en: 'A drill: take it in hand as if it were real, then close it with a reason.',
          },
          ...{ points: [], more: 0, contributions: null, simulated: false },
        },
      })
      return {
        entries: [one],
        answer: (newest) => {
          const incident = newest.get(cause)
          return { ...(incident ? { incident } : {}), entry: one.id }
        },
      }
    }
  }
}

/** What every drill begins with, wherever it is seen or sent. */
export const DRILL: Text = { vi: 'DIỄN TẬP', en: 'DRILL' }
const drillTitle = (title: string): Text => ({ vi: `${DRILL.vi}: ${title}`, en: `${DRILL.en}: ${title}` })

const local = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(0, 16)

function plan(
  act: Extract<Act, { act: 'silence' }>,
  { catalogue, now }: ActingOn,
  entry: (cause: string, number: number, kind: Entry['kind'], id: string, said: Entry['said']) => Entry,
): Written {
  const { sources, units, indicators, note } = act
  if (!sources && !units && !indicators)
    throw refuse(
      400,
      'sources',
      'Cần ít nhất một trong: sources, units, indicators.',
      'At least one of sources, units and indicators is needed.',
    )
  for (const indicator of indicators ?? []) knownThings(catalogue, { indicator })
  for (const unit of units ?? []) knownThings(catalogue, { where: { unit } })
  for (const source of sources ?? [])
    if (!catalogue.sources.has(source))
      throw refuse(404, 'sources', `Không có nguồn “${source}”.`, `There is no source “${source}”.`)
  const id = `${PLANNED}${randomUUID().slice(0, 8)}`
  const silence: Silence = {
    ...{ id, title: { vi: note, en: note } },
    // Whole minutes: begun with this one, ended with the last begun one.
    ...{ from: local(now), to: local(now + (duration(act.for) ?? 0) + 59_999) },
    ...(sources ? { sources } : {}),
    ...(units ? { units } : {}),
    ...(indicators ? { indicators } : {}),
  }
  const one = entry(SILENCES, 0, 'planned', id, { silence, note })
  return { entries: [one], answer: () => ({ silence, entry: one.id }) }
}
