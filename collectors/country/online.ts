/** The portal's day: services offered in part and in full, what is synchronised, accounts, payments, and the personal store. */
import { draw, part } from './chance.ts'
import { daily, type Fields, type Measures, overDay, type Ratios } from './measure.ts'
import type { UnitWorld } from './world.ts'

export const LEVELS = ['partial', 'full'] as const

const filings = (world: UnitWorld, day: number) => overDay(world.filings.all(day))
const results = (world: UnitWorld, day: number) => overDay(world.filings.settlement.day(day).settled)
const offered = (world: UnitWorld, day: number) => world.filings.services(day).offered
const full = (world: UnitWorld, day: number) => part(offered(world, day), 380 + (world.dice(111) % 330), 0)
/** A unit's procedures: those it offers online and some it does not. */
export const procedures = (world: UnitWorld, day: number): number =>
  offered(world, day) + draw(offered(world, 20_000) * (120 + (world.dice(112) % 330)), 0)

const synced = (world: UnitWorld, day: number) =>
  part(
    filings(world, day),
    (world.unit.habit === 'slow-register' ? 760 : 880) + (world.dice(113) % 120),
    world.dice(day, 114),
  )
const payable = (world: UnitWorld, day: number) => part(filings(world, day), 310, world.dice(day, 115))
const paid = (world: UnitWorld, day: number) =>
  part(payable(world, day), 430 + (world.dice(116) % 460), world.dice(day, 117))

/** Accounts opened in a province; a ministry has no residents. */
const accounts = ({ unit, dice }: UnitWorld, day: number) =>
  unit.kind === 'ministry'
    ? 0
    : unit.size * (28_000 + (dice(118) % 6000)) + Math.floor(((day - 20_000) * unit.size) / 3)

export const ONLINE: Measures = {
  'portal/services': daily(
    'portal',
    'stands',
    (world, day, level) => (level === 'full' ? full(world, day) : offered(world, day) - full(world, day)),
    { by: 'service-level', codes: LEVELS },
  ),
  'portal/services-full': daily('portal', 'stands', full),
  'portal/procedures': daily('portal', 'stands', procedures),
  'portal/filings': daily('portal', 'adds', filings),
  'portal/filings-synced': daily('portal', 'adds', synced),
  'portal/accounts': daily('portal', 'stands', accounts),
  'portal/payable': daily('portal', 'adds', payable),
  'portal/paid-online': daily('portal', 'adds', paid),
  // Million đồng: some tens of thousands each.
  'portal/paid-amount': daily('portal', 'adds', (world, day) =>
    draw(paid(world, day) * (38 + (world.dice(119) % 120)), world.dice(day, 120)),
  ),
  'portal/results': daily('portal', 'adds', results),
  'portal/results-stored': daily('portal', 'adds', (world, day) =>
    part(results(world, day), 260 + (world.dice(121) % 560), world.dice(day, 122)),
  ),
}

export const ONLINE_RATIOS: Ratios = {
  'portal/full-process-share': ['portal/services-full', 'portal/procedures'],
  'portal/synced-share': ['portal/filings-synced', 'portal/filings'],
  'portal/paid-online-share': ['portal/paid-online', 'portal/payable'],
  'portal/results-stored-share': ['portal/results-stored', 'portal/results'],
}

export const ONLINE_FIELDS: Fields = {
  dichVuMotPhan: ['portal/services', 'partial'],
  dichVuToanTrinh: ['portal/services', 'full'],
  tongToanTrinh: 'portal/services-full',
  thuTucThuocThamQuyen: 'portal/procedures',
  hoSoPhatSinh: 'portal/filings',
  hoSoDongBo: 'portal/filings-synced',
  taiKhoan: 'portal/accounts',
  hoSoCoNghiaVuTaiChinh: 'portal/payable',
  hoSoThanhToanTrucTuyen: 'portal/paid-online',
  soTienTrieuDong: 'portal/paid-amount',
  ketQua: 'portal/results',
  ketQuaVaoKhoCaNhan: 'portal/results-stored',
}
