/** Tasks the Government and the Prime Minister assign to a unit: a ledger by working days, so that what was assigned is done or open, exactly. */
import { draw, part } from './chance.ts'
import { isWorked, workNumber } from './days.ts'
import { daily, type Fields, type Measures, type Ratios } from './measure.ts'
import type { UnitWorld } from './world.ts'

/** A task is due after twenty working days; it is done after so many, by parts. */
const PROMISE = 20
const LAGS = [6, 13, 19, 26, 45] as const
/** "Soon" is within the next seven working days. */
const SOON = 7

/** How many were assigned on the how-manieth working day, by how long they take. */
function assigned(world: UnitWorld, number: number): readonly number[] {
  const n = draw(world.unit.size * 30 + (world.dice(number, 101) % 900), world.dice(number, 102))
  const slow = world.unit.habit === 'slow-register' ? 160 : 20 + (world.dice(103) % 90)
  const late = part(n, slow, world.dice(number, 104))
  const longLate = part(late, 300, world.dice(number, 105))
  const first = part(n - late, 280, world.dice(number, 106))
  const second = part(n - late - first, 480, world.dice(number, 107))
  return [first, second, n - late - first - second, late - longLate, longLate]
}

/** Sums the parts of past working days that `counts`, at the end of a day: `age` in working days, `lag` until they are done. */
function over(world: UnitWorld, day: number, counts: (age: number, lag: number) => boolean): number {
  const today = workNumber(day + 1) - 1
  let sum = 0
  for (let age = 0; age <= Math.max(...LAGS); age++) {
    const parts = assigned(world, today - age)
    for (const [i, lag] of LAGS.entries()) if (counts(age, lag)) sum += parts[i] ?? 0
  }
  return sum
}

const open = (age: number, lag: number) => age < lag
const onDay = (counts: (age: number, lag: number) => boolean) => (world: UnitWorld, day: number) =>
  isWorked(day) ? over(world, day, counts) : 0

const flow = (counts: (age: number, lag: number) => boolean) => daily('reporting', 'adds', onDay(counts))
const level = (counts: (age: number, lag: number) => boolean) =>
  daily('reporting', 'stands', (world, day) => over(world, day, counts))

export const TASKS: Measures = {
  'tasks/assigned': flow((age) => age === 0),
  'tasks/done': flow((age, lag) => age === lag),
  'tasks/done-in-time': flow((age, lag) => age === lag && lag <= PROMISE),
  'tasks/open': level(open),
  'tasks/overdue': level((age, lag) => open(age, lag) && age >= PROMISE),
  'tasks/due-soon': level((age, lag) => open(age, lag) && age < PROMISE && age >= PROMISE - SOON),
}

export const TASK_RATIOS: Ratios = {
  'tasks/in-time-share': ['tasks/done-in-time', 'tasks/done'],
  'tasks/overdue-share': ['tasks/overdue', 'tasks/open'],
}

export const TASK_FIELDS: Fields = {
  nv_giao: 'tasks/assigned',
  nv_hoan_thanh: 'tasks/done',
  nv_hoan_thanh_dung_han: 'tasks/done-in-time',
  nv_dang_thuc_hien: 'tasks/open',
  nv_qua_han: 'tasks/overdue',
  nv_sap_den_han: 'tasks/due-soon',
}
