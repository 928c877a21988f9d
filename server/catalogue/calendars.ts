/** Calendars: true dates in their own year, each once; make-up days on weekends; mùng 1 Tết among the days off. */
import { type Day, dateText, dayOfText, isWeekend } from '../../kpi/calendar-days.ts'
import type { CalendarFile, CalendarYear } from '../../kpi/calendar-file.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { Text } from '../../kpi/text.ts'
import { gaps, hours } from './calendar-frame.ts'
import { type Declared, problemAt } from './check.ts'
import type { Path } from './yaml.ts'

type File = Declared<CalendarFile>

/** The longest stretch one line may declare off, days: longer ones are typing errors. */
const LONGEST = 20

/** A date as a day of its year, or the problem with it. */
function dated(file: File, text: string, year: string, path: Path): { day: Day } | { problem: Problem } {
  const day = dayOfText(text)
  if (day === null)
    return {
      problem: problemAt(file, path, { vi: `ngày ${text} không có trong lịch`, en: `the calendar has no ${text}` }),
    }
  if (text.startsWith(year)) return { day }
  const move = {
    vi: `ngày ${text} không thuộc năm ${year}; chuyển sang mục năm ${text.slice(0, 4)}`,
    en: `${text} is not in ${year}; move it to the year ${text.slice(0, 4)}`,
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
  function take(one: Day, worked: boolean, path: Path) {
    if (taken.has(one))
      say(path, { vi: `ngày ${dateText(one)} đã khai ở trên`, en: `${dateText(one)} is already declared above` })
    taken.set(one, worked)
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
    for (let one = from; one <= to; one++) take(one, false, ['off', i, 'off'])
  }
  for (const [i, line] of work.entries()) {
    const on = day(line.work, ['work', i, 'work'])
    const instead = dayOfText(line.for)
    if (on !== null) {
      take(on, true, ['work', i, 'work'])
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
  return Object.values(file.value.years).some(({ off }) =>
    off.some((line) => line.off <= dateText(day) && dateText(day) <= (line.to ?? line.off)),
  )
}

/** Everything the calendars declare. */
export function checkCalendars(calendars: ReadonlyMap<string, File>): readonly Problem[] {
  return [...calendars.values()].flatMap((file) => [
    ...hours(file),
    ...gaps(file),
    ...Object.entries(file.value.years).flatMap(([year, declared]) => yearOf(file, year, declared)),
  ])
}
