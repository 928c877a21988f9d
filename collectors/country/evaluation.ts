/** The portal's evaluation page (Quyết định 766): totals since 1 January of what the six columns are scored by, and the points of the one column whose formula it keeps. */
import { DAY } from '../../kpi/range.ts'
import { isWorked, workNumber } from './days.ts'
import { daily, type Fields, type Measures, type Ratios } from './measure.ts'
import { procedures } from './online.ts'
import { decided } from './reports.ts'
import type { UnitWorld } from './world.ts'

/** The first day of the calendar year of a day. */
const yearOf = (day: number) => Date.UTC(new Date(day * DAY).getUTCFullYear(), 0, 1) / DAY
/** Working days of the year so far, the day itself included. */
const worked = (day: number) => workNumber(day + 1) - workNumber(yearOf(day))
/** Thousandths of `n`, cut: a total that grows keeps growing when a share is taken of it. */
const share = (n: number, thousandths: number) => Math.floor((n * thousandths) / 1000)
const own = (world: UnitWorld, salt: number, least: number, breadth: number) => least + (world.dice(salt) % breadth)
const slow = ({ unit }: UnitWorld) => unit.habit === 'slow-register'

type OfDay = (world: UnitWorld, day: number) => number

const decidedSoFar: OfDay = (world, day) => {
  let sum = 0
  for (let one = yearOf(day); one <= day; one++) sum += isWorked(one) ? decided(world, one, '') : 0
  return sum
}
/** Most units have decided late at least once by autumn; one late procedure costs all points. */
const decidedLate: OfDay = (world, day) =>
  world.dice(170) % 3 === 0 ? 0 : share(decidedSoFar(world, day), own(world, 171, 10, 60))
const complete: OfDay = (world, day) => share(procedures(world, day), own(world, 172, 860, 141))
const withFee: OfDay = (world, day) => share(procedures(world, day), own(world, 173, 380, 170))
const payable: OfDay = (world, day) => share(withFee(world, day), own(world, 174, 560, 400))
const paid: OfDay = (world, day) => share(payable(world, day), own(world, 175, 180, 560))
/** Ministries certify no copies, and neither do a few provinces online: 0/0. */
const copies: OfDay = (world, day) =>
  world.unit.kind === 'ministry' || world.dice(176) % 9 === 0 ? 0 : worked(day) * world.unit.size * 11
const filings: OfDay = (world, day) => worked(day) * world.unit.size * own(world, 177, 60, 9)
const petitions: OfDay = (world, day) => worked(day) * world.unit.size * 2
const petitionsInTime: OfDay = (world, day) =>
  share(petitions(world, day), slow(world) ? 790 : own(world, 178, 880, 118))
/** The others say again what was said before. */
const petitionsFirst: OfDay = (world, day) => share(petitions(world, day), own(world, 179, 930, 60))
const petitionsBad: OfDay = (world, day) => share(petitionsFirst(world, day), own(world, 180, 90, 260))
const filingsBad: OfDay = (world, day) => share(filings(world, day), (slow(world) ? 150 : 20) + (world.dice(181) % 210))
/** Hundredths of a point, of twelve. */
const online: OfDay = (world, day) => own(world, 182, 640, 380) + share(worked(day), own(world, 183, 200, 500))

const stated = (value: OfDay) => daily('portal', 'stands', value)

export const EVALUATION: Measures = {
  'index-766/procedures-decided': stated(decidedSoFar),
  'index-766/procedures-decided-on-time': stated((world, day) => decidedSoFar(world, day) - decidedLate(world, day)),
  'index-766/procedures-public': stated(procedures),
  'index-766/procedures-complete': stated(complete),
  'index-766/procedures-with-fee': stated(withFee),
  'index-766/procedures-payable': stated(payable),
  'index-766/procedures-paid': stated(paid),
  'index-766/copies-due': stated(copies),
  'index-766/copies-electronic': stated((world, day) => share(copies(world, day), own(world, 184, 90, 560))),
  'index-766/procedures-for-population': stated(procedures),
  'index-766/procedures-population': stated((world, day) => share(procedures(world, day), own(world, 185, 240, 520))),
  'index-766/filings-processed': stated(filings),
  'index-766/filings-population': stated((world, day) => share(filings(world, day), own(world, 186, 330, 600))),
  'index-766/petitions': stated(petitions),
  'index-766/petitions-on-time': stated(petitionsInTime),
  'index-766/petitions-first': stated(petitionsFirst),
  'index-766/petitions-unsatisfied': stated(petitionsBad),
  'index-766/filings-received': stated(filings),
  'index-766/filings-unsatisfied': stated(filingsBad),
  'index-766/online-service': stated((world, day) => Math.min(1200, online(world, day)) / 100),
}

export const EVALUATION_RATIOS: Ratios = {
  'index-766/decided-on-time': ['index-766/procedures-decided-on-time', 'index-766/procedures-decided'],
  'index-766/content-complete': ['index-766/procedures-complete', 'index-766/procedures-public'],
  'index-766/payable-online': ['index-766/procedures-payable', 'index-766/procedures-with-fee'],
  'index-766/procedures-paid-online': ['index-766/procedures-paid', 'index-766/procedures-with-fee'],
  'index-766/electronic-copies': ['index-766/copies-electronic', 'index-766/copies-due'],
  'index-766/population-procedures': ['index-766/procedures-population', 'index-766/procedures-for-population'],
  'index-766/population-filings': ['index-766/filings-population', 'index-766/filings-processed'],
  'index-766/petitions-in-time': ['index-766/petitions-on-time', 'index-766/petitions'],
  'index-766/petitions-bad': ['index-766/petitions-unsatisfied', 'index-766/petitions-first'],
  'index-766/receiving-bad': ['index-766/filings-unsatisfied', 'index-766/filings-received'],
}

/** The portal's own names of its metrics, upper and lower part, as far as it has any. */
export const EVALUATION_FIELDS: Fields = {
  PUBLISH_ON_TIME_mau: 'index-766/procedures-decided',
  PUBLISH_ON_TIME_tu: 'index-766/procedures-decided-on-time',
  PUBLIC_CONTENT_FULL_mau: 'index-766/procedures-public',
  PUBLIC_CONTENT_FULL_tu: 'index-766/procedures-complete',
  thuTucCoPhi: 'index-766/procedures-with-fee',
  thuTucCoPhiTrucTuyen: 'index-766/procedures-payable',
  thuTucCoGiaoDich: 'index-766/procedures-paid',
  ELECTRONIC_CERTIFIED_COPY_mau: 'index-766/copies-due',
  ELECTRONIC_CERTIFIED_COPY_tu: 'index-766/copies-electronic',
  CITIZEN_DATA_CONNECTED_FORMALITY_mau: 'index-766/procedures-for-population',
  CITIZEN_DATA_CONNECTED_FORMALITY_tu: 'index-766/procedures-population',
  CITIZEN_DATA_CONNECTED_DOSSIER_mau: 'index-766/filings-processed',
  CITIZEN_DATA_CONNECTED_DOSSIER_tu: 'index-766/filings-population',
  PETITION_PROCESSING_ON_TIME_mau: 'index-766/petitions',
  PETITION_PROCESSING_ON_TIME_tu: 'index-766/petitions-on-time',
  PETITION_HANDLING_SATISFACTION_mau: 'index-766/petitions-first',
  PETITION_HANDLING_SATISFACTION_chuaHaiLong: 'index-766/petitions-unsatisfied',
  DOSSIER_RECEIVING_SATISFACTION_mau: 'index-766/filings-received',
  DOSSIER_RECEIVING_SATISFACTION_chuaHaiLong: 'index-766/filings-unsatisfied',
  diemCLGQ: 'index-766/online-service',
}
