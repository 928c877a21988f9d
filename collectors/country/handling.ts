/** What becomes of documents hour by hour: status messages, how long each step takes, what is past due, who signed, what was taken back. */
import { HOUR } from '../../kpi/range.ts'
import { draw, part } from './chance.ts'
import {
  daily,
  documentsOver,
  endOfHour,
  type Fields,
  hourly,
  type Measures,
  overHour,
  type Ratios,
} from './measure.ts'
import type { UnitWorld } from './world.ts'

/** Status codes of the axis; 14 is not in use. */
export const STATUSES = ['01', '02', '03', '04', '05', '06', '13', '15', '16'] as const
export const TIERS = ['central', 'province', 'commune'] as const

const roll = (world: UnitWorld, from: number, salt: number) => world.dice(Math.floor(from / HOUR), salt)
const documents = (world: UnitWorld, of: 'sent' | 'received' | 'accepted' | 'rejected', from: number) =>
  documentsOver(world, of, from, HOUR)
const slow = (world: UnitWorld) => world.unit.habit === 'slow-register'

const recalled = (world: UnitWorld, from: number) => part(documents(world, 'sent', from), 9, roll(world, from, 61))
/** Recalls that other units asked of this one. */
const recallsAsked = (world: UnitWorld, from: number) =>
  part(documents(world, 'received', from), 7, roll(world, from, 62))
const recallsAgreed = (world: UnitWorld, from: number) => part(recallsAsked(world, from), 860, roll(world, from, 63))

const finished = (world: UnitWorld, from: number) => overHour((day) => world.handling.day(day).settled, from)

function status(world: UnitWorld, from: number, code: string): number {
  if (code === '01') return documents(world, 'received', from)
  if (code === '02') return documents(world, 'rejected', from)
  if (code === '03') return documents(world, 'accepted', from)
  if (code === '04') return part(documents(world, 'accepted', from), 880, roll(world, from, 64))
  if (code === '05') return part(documents(world, 'accepted', from), 940, roll(world, from, 65))
  if (code === '06') return finished(world, from)
  if (code === '13') return recalled(world, from)
  if (code === '15') return recallsAgreed(world, from)
  return recallsAsked(world, from) - recallsAgreed(world, from)
}

/** Minutes of all documents of an hour: each unit has its own pace, each hour its sway of a quarter. */
function minutes(world: UnitWorld, of: 'received' | 'accepted', from: number, mean: number, salt: number): number {
  const sway = 750 + (roll(world, from, salt) % 501)
  return Math.floor((documents(world, of, from) * mean * sway) / 1_000_000)
}
/** Thousandths of a minute on the way, and from the receiver's door into the register. */
const onTheWay = (world: UnitWorld) => 1400 + (world.dice(66) % 2600)
const intoRegister = (world: UnitWorld) => (slow(world) ? 95_000 : 24_000) + (world.dice(67) % 46_000)

/** Bodies of a unit that belong to a tier: departments and communes of a province, departments of a ministry. */
export function bodiesOf({ unit }: UnitWorld, tier: string): number {
  if (unit.kind === 'ministry') return tier === 'central' ? unit.bodies : 0
  return tier === 'province' ? 14 : tier === 'commune' ? unit.bodies - 14 : 0
}

/** Bodies that sent or received in the last thirty days; a few communes are quiet. */
function exchanging(world: UnitWorld, day: number, tier: string): number {
  const bodies = bodiesOf(world, tier)
  const quiet = tier === 'commune' ? draw(bodies * (world.dice(68) % 90), world.dice(Math.floor(day / 5), 69)) : 0
  return bodies - quiet
}

export const HANDLING: Measures = {
  'interchange/by-status': hourly('interchange', 'adds', status, { by: 'document-status', codes: STATUSES }),
  'interchange/recalled': hourly('interchange', 'adds', recalled),
  'interchange/recalls-answered': hourly('interchange', 'adds', recallsAsked),
  'interchange/recalls-agreed': hourly('interchange', 'adds', recallsAgreed),
  'interchange/arrived': hourly('interchange', 'adds', (world, from) => documents(world, 'received', from)),
  'interchange/arrival-minutes': hourly('interchange', 'adds', (world, from) =>
    minutes(world, 'received', from, onTheWay(world), 70),
  ),
  'interchange/registered': hourly('interchange', 'adds', (world, from) => documents(world, 'accepted', from)),
  'interchange/register-minutes': hourly('interchange', 'adds', (world, from) =>
    minutes(world, 'accepted', from, intoRegister(world), 71),
  ),
  'interchange/finished': hourly('interchange', 'adds', finished),
  'interchange/finish-days': hourly('interchange', 'adds', (world, from) =>
    overHour((day) => world.handling.day(day).worked, from),
  ),
  'interchange/finished-late': hourly('interchange', 'adds', (world, from) =>
    overHour((day) => world.handling.day(day).overdue, from),
  ),
  'interchange/past-due': hourly('interchange', 'stands', (world, from) =>
    endOfHour((day) => world.handling.day(day).late, from),
  ),
  'interchange/signatures-checked': hourly('interchange', 'adds', (world, from) => documents(world, 'sent', from)),
  'interchange/signed-by-person': hourly('interchange', 'adds', (world, from) =>
    part(documents(world, 'sent', from), (slow(world) ? 900 : 962) + (world.dice(72) % 38), roll(world, from, 73)),
  ),
  'interchange/signed-by-organisation': hourly('interchange', 'adds', (world, from) =>
    part(documents(world, 'sent', from), 970 + (world.dice(74) % 31), roll(world, from, 75)),
  ),
  'interchange/bodies': daily('reporting', 'stands', (world, _, tier) => bodiesOf(world, tier), {
    by: 'tier',
    codes: TIERS,
  }),
  'interchange/bodies-exchanging': daily('reporting', 'stands', exchanging, { by: 'tier', codes: TIERS }),
  'interchange/tiers-exchanging': daily(
    'reporting',
    'stands',
    (world, day) => TIERS.filter((tier) => exchanging(world, day, tier) > 0).length,
  ),
}

export const HANDLING_RATIOS: Ratios = {
  'interchange/recall-agreed-share': ['interchange/recalls-agreed', 'interchange/recalls-answered'],
  'interchange/time-to-arrive': ['interchange/arrival-minutes', 'interchange/arrived'],
  'interchange/time-to-register': ['interchange/register-minutes', 'interchange/registered'],
  'interchange/time-to-finish': ['interchange/finish-days', 'interchange/finished'],
  'interchange/finished-late-share': ['interchange/finished-late', 'interchange/finished'],
  'interchange/signed-by-person-share': ['interchange/signed-by-person', 'interchange/signatures-checked'],
  'interchange/signed-by-organisation-share': ['interchange/signed-by-organisation', 'interchange/signatures-checked'],
  'interchange/exchanging-share': ['interchange/bodies-exchanging', 'interchange/bodies'],
}

/** Ratios that are a mean, not a percentage: a sum of minutes or days over a number of things. */
export const HANDLING_MEANS: readonly string[] = [
  'interchange/time-to-arrive',
  'interchange/time-to-register',
  'interchange/time-to-finish',
]

/** How the axis names them: nine columns of status messages, then sums of minutes and days with what they were taken over. */
export const HANDLING_FIELDS: Fields = {
  ...Object.fromEntries(STATUSES.map((code) => [`st_${code}`, ['interchange/by-status', code] as const])),
  recalled: 'interchange/recalled',
  recalls_answered: 'interchange/recalls-answered',
  recalls_agreed: 'interchange/recalls-agreed',
  arrived: 'interchange/arrived',
  arrival_minutes: 'interchange/arrival-minutes',
  registered: 'interchange/registered',
  register_minutes: 'interchange/register-minutes',
  finished: 'interchange/finished',
  finish_days: 'interchange/finish-days',
  finished_late: 'interchange/finished-late',
  past_due: 'interchange/past-due',
  signatures_checked: 'interchange/signatures-checked',
  signed_by_person: 'interchange/signed-by-person',
  signed_by_organisation: 'interchange/signed-by-organisation',
}

/** What units report about their bodies once a day, each tier a column. */
export const BODY_FIELDS: Fields = {
  ...Object.fromEntries(TIERS.map((tier) => [`bodies_${tier}`, ['interchange/bodies', tier] as const])),
  ...Object.fromEntries(TIERS.map((tier) => [`exchanging_${tier}`, ['interchange/bodies-exchanging', tier] as const])),
  tiers_exchanging: 'interchange/tiers-exchanging',
}
