/** The one-stop systems' report of an hour: the columns of form II.06a, how long settling took, what was returned by post, and why something is flagged overdue. */
import { HOUR } from '../../kpi/range.ts'
import { part } from './chance.ts'
import { endOfHour, type Fields, hourly, type Measure, type Measures, overHour, type Ratios } from './measure.ts'
import type { Settling } from './queue.ts'
import type { UnitWorld } from './world.ts'

const stands = (world: UnitWorld, of: keyof Settling, from: number) =>
  endOfHour((day) => world.filings.settlement.day(day)[of], from)
const sums = (world: UnitWorld, of: keyof Settling, from: number) =>
  overHour((day) => world.filings.settlement.day(day)[of], from)
const roll = (world: UnitWorld, from: number, salt: number) => world.dice(Math.floor(from / HOUR), salt)
const online = (world: UnitWorld, from: number) => overHour((day) => world.filings.received('2', day), from)
const byCounterOrPost = (world: UnitWorld, from: number) =>
  overHour((day) => world.filings.received('1', day), from) + overHour((day) => world.filings.received('3', day), from)

const hour = (value: Measure['value'], kind: Measure['kind'] = 'adds') => hourly('one-stop', kind, value)
/** The closing balance of the hour before. */
const opening = (world: UnitWorld, from: number) => stands(world, 'pending', from - HOUR)

/** Of what is flagged overdue: really late, or settled in time and told to the portal late; the rest nobody has looked at. */
const lateSync = (world: UnitWorld, from: number) =>
  part(stands(world, 'late', from), 260 + (world.dice(81) % 420), world.dice(82))
const unknown = (world: UnitWorld, from: number) => {
  const rest = stands(world, 'late', from) - lateSync(world, from)
  return part(rest, world.dice(83) % 140, world.dice(84))
}

export const FORM: Measures = {
  'filings/opening': hour(opening, 'stands'),
  'filings/form-received-online': hour(online),
  'filings/form-received-other': hour(byCounterOrPost),
  'filings/form-settled': hour((world, from) => sums(world, 'settled', from)),
  'filings/form-settled-in-time': hour((world, from) => sums(world, 'onTime', from)),
  'filings/form-settled-late': hour((world, from) => sums(world, 'overdue', from)),
  'filings/form-pending': hour((world, from) => stands(world, 'pending', from), 'stands'),
  'filings/form-pending-in-time': hour((world, from) => stands(world, 'inTime', from), 'stands'),
  'filings/form-pending-late': hour((world, from) => stands(world, 'late', from), 'stands'),
  // What the identities of the form say when nobody makes a mistake; a fault `misstated` breaks one.
  'filings/balance-gap': hour((world, from) =>
    Math.abs(
      opening(world, from) +
        online(world, from) +
        byCounterOrPost(world, from) -
        sums(world, 'settled', from) -
        stands(world, 'pending', from),
    ),
  ),
  'filings/settled-parts-gap': hour((world, from) =>
    Math.abs(sums(world, 'settled', from) - sums(world, 'onTime', from) - sums(world, 'overdue', from)),
  ),
  'filings/pending-parts-gap': hour((world, from) =>
    Math.abs(stands(world, 'pending', from) - stands(world, 'inTime', from) - stands(world, 'late', from)),
  ),
  'filings/settling-timed': hour((world, from) => sums(world, 'settled', from)),
  'filings/settling-days': hour((world, from) => sums(world, 'worked', from)),
  'filings/results-returned': hour((world, from) => sums(world, 'settled', from)),
  'filings/returned-by-post': hour((world, from) =>
    part(sums(world, 'settled', from), 30 + (world.dice(85) % 190), roll(world, from, 86)),
  ),
  'filings/overdue-examined': hour((world, from) => stands(world, 'late', from) - unknown(world, from), 'stands'),
  'filings/overdue-real': hour(
    (world, from) => stands(world, 'late', from) - unknown(world, from) - lateSync(world, from),
    'stands',
  ),
  'filings/overdue-late-sync': hour(lateSync, 'stands'),
  'filings/overdue-unknown': hour(unknown, 'stands'),
}

export const FORM_RATIOS: Ratios = {
  'filings/mean-time': ['filings/settling-days', 'filings/settling-timed'],
  'filings/returned-by-post-share': ['filings/returned-by-post', 'filings/results-returned'],
  'filings/overdue-real-share': ['filings/overdue-real', 'filings/overdue-examined'],
}
export const FORM_MEANS: readonly string[] = ['filings/mean-time']

/** The columns of the report; the first nine are those of form II.06a. */
export const FORM_FIELDS: Fields = {
  ky_truoc_chuyen_sang: 'filings/opening',
  nhan_truc_tuyen: 'filings/form-received-online',
  nhan_truc_tiep_bcci: 'filings/form-received-other',
  da_giai_quyet: 'filings/form-settled',
  truoc_va_dung_han: 'filings/form-settled-in-time',
  da_giai_quyet_qua_han: 'filings/form-settled-late',
  dang_giai_quyet: 'filings/form-pending',
  dang_trong_han: 'filings/form-pending-in-time',
  dang_qua_han: 'filings/form-pending-late',
  ngay_lam_viec: 'filings/settling-days',
  co_tinh_gio: 'filings/settling-timed',
  da_tra_ket_qua: 'filings/results-returned',
  tra_qua_buu_chinh: 'filings/returned-by-post',
  qua_han_thuc: 'filings/overdue-real',
  qua_han_dong_bo_cham: 'filings/overdue-late-sync',
  qua_han_da_ra_soat: 'filings/overdue-examined',
  qua_han_chua_ro: 'filings/overdue-unknown',
}
