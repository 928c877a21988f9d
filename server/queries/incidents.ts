/** `GET /api/incidents` and `GET /api/notes`: what was open when, who did what about it, and what people noted of values; all from the journal. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Entry, incidentOf, inOrder, lifeOf } from '../../kpi/incident.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { DAY } from '../../kpi/range.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { entriesOf, incidentsWithin, notesWithin } from '../store/journal.ts'

export async function incidents(
  store: Store,
  _catalogue: Catalogue,
  query: QueryOf<'incidents'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['incidents']> {
  if (query.id !== undefined) return one(store, query.id, pulse, signal)
  const { from = pulse.at - 7 * DAY, to = pulse.at + 1, limit, state } = query
  const names = await incidentsWithin(store, { from, to, limit, state }, signal)
  const entries = await entriesOf(store, 'ask', names, signal)
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const name = `${entry.cause}:${entry.number}`
    groups.set(name, [...(groups.get(name) ?? []), entry])
  }
  const lives = names.flatMap(({ cause, number }) => lifeOf(groups.get(`${cause}:${number}`) ?? []) ?? [])
  return { pulse, incidents: lives }
}

async function one(store: Store, id: string, pulse: Pulse, signal?: AbortSignal): Promise<Answers['incidents']> {
  const named = incidentOf(id)
  const entries = named ? await entriesOf(store, 'ask', [named], signal) : []
  const life = lifeOf(entries)
  if (!life)
    throw new Refusal(
      404,
      { vi: `Không có sự cố “${id}”; xem /api/incidents.`, en: `There is no incident “${id}”; see /api/incidents.` },
      'id',
    )
  return { pulse, incidents: [life], history: inOrder(entries) }
}

export async function notes(
  store: Store,
  _catalogue: Catalogue,
  query: QueryOf<'notes'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['notes']> {
  const { from = pulse.at - 7 * DAY, to = pulse.at + 1, limit } = query
  const found = await notesWithin(store, { from, to, limit: 1000 }, signal)
  const all = found.flatMap(({ id, at, by, said }) => {
    const { about } = said
    const fits =
      about &&
      (query.indicator === undefined || about.indicator === query.indicator) &&
      Object.entries(query.where).every(([dimension, member]) => about.members[dimension] === member)
    return fits ? [{ id, at, by, text: said.note ?? '', pulse: said.pulse ?? at, ...about }] : []
  })
  return { pulse, notes: all.slice(0, limit) }
}
