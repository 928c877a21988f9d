/** What units report once a day: reporting duties, digitisation, signatures, work files, the procedure database, centres, surveys and cut regulations. */
import { DAY } from '../../kpi/range.ts'
import { draw, part } from './chance.ts'
import { dayStartOf, isWorked } from './days.ts'
import { bodiesOf, TIERS } from './handling.ts'
import { daily, documentsOver, type Fields, type Measures, overDay, type Ratios } from './measure.ts'
import { procedures } from './online.ts'
import type { UnitWorld } from './world.ts'

type OfDay = (world: UnitWorld, day: number, code: string) => number
const flow = (value: OfDay, split?: Measures[string]['split']) => daily('reporting', 'adds', value, split)
/** What the statistics service publishes. */
const published = (value: OfDay) => daily('statistics', 'stands', value)
const level = (value: OfDay, split?: Measures[string]['split']) => daily('reporting', 'stands', value, split)
const province = ({ unit }: UnitWorld) => unit.kind === 'province'
const slow = ({ unit }: UnitWorld) => unit.habit === 'slow-register'
/** A unit's own thousandths from `least`, over a breadth. */
const own = (world: UnitWorld, salt: number, least: number, breadth: number) => least + (world.dice(salt) % breadth)

/** The report month runs from the 15th to the 14th: how many of its days have passed when `day` ends. */
const daysReported = (day: number): number => {
  const date = new Date(day * DAY)
  const begin = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (date.getUTCDate() < 15 ? 1 : 0), 15)
  return day - begin / DAY + 1
}
const owed = (world: UnitWorld) => (province(world) ? 54 : 12) + (world.dice(131) % 20)
const owedPriority = (world: UnitWorld) => Math.floor(owed(world) / 5)
/** Of a month's indicators, those whose day has come. */
const dueOf = (all: number, day: number) => Math.min(all, Math.floor((all * daysReported(day)) / 28))
const delivered = (world: UnitWorld, due: number) =>
  part(due, slow(world) ? 760 : own(world, 132, 880, 121), world.dice(164, due))

const settled: OfDay = (world, day) => overDay(world.filings.settlement.day(day).settled)
const PAPERS = ['0', '1', '2', '3'] as const
function papers(world: UnitWorld, day: number, code: string): number {
  const all = settled(world, day, '')
  const reused = part(all, own(world, 133, 60, 200), world.dice(day, 134))
  const reusedResult = part(all - reused, own(world, 135, 20, 90), world.dice(day, 136))
  const digitised = part(all - reused - reusedResult, own(world, 137, 620, 330), world.dice(day, 138))
  const rest = all - reused - reusedResult - digitised
  return code === '0' ? rest : code === '1' ? digitised : code === '2' ? reused : reusedResult
}

const officials = (world: UnitWorld) => (province(world) ? world.unit.bodies * 40 + 900 : world.unit.size * 160)
const certificates: OfDay = (world, day) => (isWorked(day) ? draw(officials(world) * 3, world.dice(day, 139)) : 0)
const outgoing: OfDay = (world, day) => 3 * documentsOver(world, 'sent', dayStartOf(day), DAY)

const workFiles: OfDay = (world, day, tier) => {
  if (!isWorked(day) || bodiesOf(world, tier) === 0) return 0
  const each = tier === 'commune' ? 9 : tier === 'province' ? 60 : 22
  return bodiesOf(world, tier) * each + (world.dice(day, tier.length, 140) % (1 + bodiesOf(world, tier)))
}
const workFilesOnline: OfDay = (world, day, tier) => {
  const share = tier === 'commune' ? own(world, 141, 500, 380) : own(world, 142, 860, 140)
  return part(workFiles(world, day, tier), share, world.dice(day, tier.length, 143))
}

export const decided: OfDay = (world, day) => (isWorked(day) ? world.dice(day, 144) % (province(world) ? 4 : 3) : 0)
const cut = (world: UnitWorld, day: number) =>
  part(procedures(world, 20_454), 40 + Math.floor((own(world, 145, 60, 180) * ((day - 20_454) % 365)) / 365), 0)

/** Each commune has a centre of its own since July 2025, the province one above them, a ministry one. */
const centresDue: OfDay = (world, _, tier) =>
  tier === 'commune' ? bodiesOf(world, tier) : bodiesOf(world, tier) > 0 ? 1 : 0
const centres: OfDay = (world, day, tier) =>
  tier === 'commune'
    ? Math.max(0, centresDue(world, day, tier) - (world.dice(Math.floor(day / 9), 146) % 3))
    : centresDue(world, day, tier)

const surveyed: OfDay = (world, day) => part(settled(world, day, ''), own(world, 147, 60, 120), world.dice(day, 148))
const rules = (world: UnitWorld) => (province(world) ? 12 : 180) + (world.dice(149) % (province(world) ? 30 : 500))
/** Billion đồng a year that following the rules costs. */
const cost = (world: UnitWorld) => rules(world) * (4 + (world.dice(150) % 9))
const byTier = { by: 'tier', codes: TIERS } as const

export const REPORTS: Measures = {
  'reporting/units': level(() => 1),
  'reporting/units-connected': level((world) => (slow(world) && !province(world) ? 0 : 1)),
  'reporting/regimes-issued': level((world) => (world.dice(151) % 12 === 0 ? 0 : 1)),
  'reporting/indicators-due': level((world, day) => dueOf(owed(world), day)),
  'reporting/indicators-delivered': level((world, day) => delivered(world, dueOf(owed(world), day))),
  'reporting/indicators-late': level((world, day) => {
    const due = dueOf(owed(world), day)
    return due - delivered(world, due)
  }),
  'reporting/priority-due': level((world, day) => dueOf(owedPriority(world), day)),
  'reporting/priority-delivered': level((world, day) => delivered(world, dueOf(owedPriority(world), day))),
  'digitisation/papers': flow(papers, { by: 'digitisation', codes: PAPERS }),
  'digitisation/filings': flow(settled),
  'digitisation/dossiers': flow((world, day) => settled(world, day, '') - papers(world, day, '0')),
  'digitisation/reused': flow((world, day) => papers(world, day, '2') + papers(world, day, '3')),
  'digitisation/results': flow((world, day) =>
    part(settled(world, day, ''), own(world, 152, 690, 300), world.dice(day, 153)),
  ),
  'signatures/persons': level(officials),
  'signatures/persons-holding': level((world) => part(officials(world), own(world, 154, 760, 230), 0)),
  'signatures/certificates': flow(certificates),
  'signatures/certificate-days': flow((world, day) => certificates(world, day, '') * (3 + (world.dice(155) % 9))),
  'signatures/documents': flow(outgoing),
  'signatures/documents-signed': flow((world, day) =>
    part(outgoing(world, day, ''), own(world, 156, 880, 121), world.dice(day, 157)),
  ),
  'work-files/handled': flow(workFiles, byTier),
  'work-files/handled-online': flow(workFilesOnline, byTier),
  'procedures/published': level((world, day) => procedures(world, day) - cut(world, day)),
  'procedures/decided': flow(decided),
  'procedures/published-in-time': flow((world, day) =>
    part(decided(world, day, ''), own(world, 158, 700, 300), world.dice(day, 159)),
  ),
  'procedures/baseline': level((world) => procedures(world, 20_454)),
  'procedures/cut': level(cut),
  'centres/due': level(centresDue, byTier),
  'centres/operating': level(centres, byTier),
  'surveys/answers': flow(surveyed),
  'surveys/satisfied': flow((world, day) =>
    part(surveyed(world, day, ''), (slow(world) ? 800 : 880) + (world.dice(160) % 110), world.dice(day, 161)),
  ),
  'regulations/counted': published(rules),
  'regulations/cut': published((world) => part(rules(world), own(world, 162, 110, 190), 0)),
  'regulations/cost': published(cost),
  'regulations/cost-cut': published((world) => part(cost(world), own(world, 163, 90, 210), 0)),
}

export const REPORT_RATIOS: Ratios = {
  'reporting/connected-share': ['reporting/units-connected', 'reporting/units'],
  'reporting/regimes-issued-share': ['reporting/regimes-issued', 'reporting/units'],
  'reporting/delivered-share': ['reporting/indicators-delivered', 'reporting/indicators-due'],
  'reporting/priority-delivered-share': ['reporting/priority-delivered', 'reporting/priority-due'],
  'digitisation/dossiers-share': ['digitisation/dossiers', 'digitisation/filings'],
  'digitisation/reused-share': ['digitisation/reused', 'digitisation/filings'],
  'digitisation/results-share': ['digitisation/results', 'digitisation/filings'],
  'signatures/persons-holding-share': ['signatures/persons-holding', 'signatures/persons'],
  'signatures/time-to-certificate': ['signatures/certificate-days', 'signatures/certificates'],
  'signatures/documents-signed-share': ['signatures/documents-signed', 'signatures/documents'],
  'work-files/online-share': ['work-files/handled-online', 'work-files/handled'],
  'procedures/published-in-time-share': ['procedures/published-in-time', 'procedures/decided'],
  'procedures/cut-share': ['procedures/cut', 'procedures/baseline'],
  'centres/operating-share': ['centres/operating', 'centres/due'],
  'surveys/satisfied-share': ['surveys/satisfied', 'surveys/answers'],
  'regulations/cut-share': ['regulations/cut', 'regulations/counted'],
  'regulations/cost-cut-share': ['regulations/cost-cut', 'regulations/cost'],
}
export const REPORT_MEANS: readonly string[] = ['signatures/time-to-certificate']

/** A measure's column: its id in small letters and underscores, with the code where it is split. */
export const REPORT_FIELDS: Fields = Object.fromEntries(
  Object.entries(REPORTS)
    .filter(([, { service }]) => service === 'reporting')
    .flatMap(([id, { split }]): [string, Fields[string]][] => {
      const column = id.replace(/[/-]/g, '_')
      return split ? split.codes.map((code) => [`${column}_${code}`, [id, code]]) : [[column, id]]
    }),
)
