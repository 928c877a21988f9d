/** The declared calendar of the public sector, and calendars made from it, for tests. */
import { type Calendar, calendarOf } from '../../kpi/calendar.ts'
import { type Day, dayOfText } from '../../kpi/calendar-days.ts'
import type { WholeCalendar } from '../../kpi/calendar-file.ts'
import { projectDeclarations } from './declared.ts'

const loaded = projectDeclarations()
const declared = loaded.catalogue.calendars.get('public-sector')
if (!declared) throw new Error(JSON.stringify(loaded.problems))

/** dashboards/calendars/public-sector.yaml as it is declared. */
export const PUBLIC: Calendar = declared

/** The same with other hours, or with a year changed. */
export function changed(change: Partial<WholeCalendar>): Calendar {
  return calendarOf('public-sector', { ...PUBLIC.file, ...change })
}

/** A year of the declared calendar without the lines that name a date. */
export function without(year: string, date: string): Calendar {
  const before = PUBLIC.file.years[year]
  if (!before) throw new Error(year)
  const off = before.off.filter((line) => line.off !== date)
  const work = before.work.filter((line) => line.work !== date)
  return changed({ years: { ...PUBLIC.file.years, [year]: { ...before, off, work } } })
}

/** "2026-11-24" → its day. */
export function on(text: string): Day {
  const day = dayOfText(text)
  if (day === null) throw new Error(text)
  return day
}

/** A local moment: "2026-11-23T15:00". */
export const at = (text: string): number => Date.parse(`${text.length === 10 ? `${text}T00:00` : text}:00+07:00`)

/** The value of an answer, or its sentence in English. */
export const value = <T>(answer: { readonly value: T } | { readonly wrong: { readonly en: string } }): T | string =>
  'wrong' in answer ? answer.wrong.en : answer.value
