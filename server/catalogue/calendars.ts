/** Calendars: true dates in their own year, each once; make-up days on weekends; mùng 1 Tết among the days off. */
import { type Calendar, calendarOf } from '../../kpi/calendar.ts'
import { type Day, dateText, dayOfText, isWeekend } from '../../kpi/calendar-days.ts'
import type { CalendarFile, CalendarYear } from '../../kpi/calendar-file.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { Text } from '../../kpi/text.ts'
import { gaps, hours } from './calendar-frame.ts'
import { type Declared, problemAt } from './check.ts'
import { type Draft, mustBeDeclared } from './draft.ts'
import type { Path } from './yaml.ts'

type File = Declared<CalendarFile>

/** The longest stretch one line may declare off, days: longer ones are typing errors. */
const LONGEST = 20

const years = ({ value }: File): Readonly<Record<string, CalendarYear>> => value.years ?? {}

/** A date as a day of its year, or the problem with it. */
function dated(file: File, text: string, year: string, path: Path): { day: Day } | { problem: Problem } {
  const day = dayOfText(text)
  if (day === null)
    return {
      problem: problemAt(file, path, { vi: `ngày ${text} không có trong lịch`, en: `the calendar has no ${text}` }),
    }
  if (text.startsWith(year)) return { day }
  const other = text.slice(0, 4)
  const there = Object.hasOwn(years(file), other)
  const move = {
    vi: `ngày ${text} không thuộc năm ${year}; ${there ? 'chuyển sang mục' : 'lịch chưa có năm đó, thêm mục'} ${other}`,
    en: `${text} is not in ${year}; ${there ? 'move it to' : 'the calendar does not cover that year, add'} ${other}`,
  }
  return { problem: problemAt(file, path, move) }
}

function yearOf(file: File, year: string, { tet, off, work }: CalendarYear): readonly Problem[] {
  const problems: Problem[] = []
  const taken = new Map<Day, boolean>()
  const at = ['years', year] as const
  const say = (path: Path, message: Text) => void problems.push(problemAt(file, [...at, ...path], message))
  function day(text: string, path: Path): Day | null {
    const found = dated(file, text, year, [...at, ...path])
    if ('day' in found) return found.day
    problems.push(found.problem)
    return null
  }
  function take(from: Day, to: Day, worked: boolean, path: Path) {
    const line = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    const twice = line.find((one) => taken.has(one))
    if (twice !== undefined)
      say(path, { vi: `ngày ${dateText(twice)} đã khai ở trên`, en: `${dateText(twice)} is already declared above` })
    for (const one of line) taken.set(one, worked)
  }

  for (const [i, line] of off.entries()) {
    const from = day(line.off, ['off', i, 'off'])
    const to = line.to === undefined ? from : day(line.to, ['off', i, 'to'])
    if (from === null || to === null) continue
    if (to < from || to - from >= LONGEST) {
      say(['off', i, 'to'], {
        vi: `đợt nghỉ từ ${line.off} đến ${line.to} phải dài từ 1 đến ${LONGEST} ngày`,
        en: `the days off from ${line.off} to ${line.to} must be 1 to ${LONGEST} days`,
      })
      continue
    }
    take(from, to, false, ['off', i, 'off'])
  }
  for (const [i, line] of work.entries()) {
    const on = day(line.work, ['work', i, 'work'])
    const instead = dayOfText(line.for)
    if (on !== null) {
      take(on, on, true, ['work', i, 'work'])
      if (!isWeekend(on))
        say(['work', i, 'work'], {
          vi: `ngày làm bù ${line.work} không phải thứ Bảy hay Chủ nhật`,
          en: `the make-up day ${line.work} is no Saturday or Sunday`,
        })
    }
    if (instead === null || isWeekend(instead) || !declaredOff(file, instead))
      say(['work', i, 'for'], {
        vi: `ngày ${line.for} được làm bù phải là một ngày trong tuần đã khai nghỉ`,
        en: `${line.for}, which is made up for, must be a weekday declared off`,
      })
  }
  const newYear = day(tet, ['tet'])
  if (newYear !== null && taken.get(newYear) !== false)
    say(['tet'], {
      vi: `mùng 1 Tết ${tet} phải nằm trong một đợt nghỉ đã khai`,
      en: `${tet}, the first day of the lunar year, must be declared off`,
    })
  return problems
}

function declaredOff(file: File, day: Day): boolean {
  return Object.values(years(file)).some(({ off }) =>
    off.some((line) => line.off <= dateText(day) && dateText(day) <= (line.to ?? line.off)),
  )
}

/** The calendar another is like must be there, and have years of its own. */
function likeness(file: File, files: ReadonlyMap<string, File>, draft: Draft): readonly Problem[] {
  const { like } = file.value
  if (like === undefined) return []
  const found = mustBeDeclared(draft, 'calendars', like, file, ['like'])
  const base = files.get(like)
  if (!base || base.value.years) return found
  return [
    problemAt(file, ['like'], {
      vi: `lịch ${like} cũng không có years; ghi mã của lịch có years`,
      en: `the calendar ${like} has no years either; name the one that has them`,
    }),
  ]
}

/** Everything the calendars declare. */
export function checkCalendars(files: ReadonlyMap<string, File>, draft: Draft): readonly Problem[] {
  return [...files.values()].flatMap((file) => [
    ...hours(file),
    ...(file.value.years ? gaps(file, file.value.years) : likeness(file, files, draft)),
    ...Object.entries(years(file)).flatMap(([year, declared]) => yearOf(file, year, declared)),
  ])
}

/** The calendars with their years, shared ones included. */
export function joinCalendars(files: ReadonlyMap<string, File>): ReadonlyMap<string, Calendar> {
  const shared = ({ value }: File) => value.years ?? files.get(value.like ?? '')?.value.years ?? {}
  return new Map([...files].map(([id, file]) => [id, calendarOf(id, { ...file.value, years: shared(file) })]))
}
