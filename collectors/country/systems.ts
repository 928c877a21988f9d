/** The systems' doors: what each answers per unit and ended span, in its own words, codes, clock and format. */
import { MINUTE, ZONE_OFFSET } from '../../kpi/range.ts'
import { EVALUATION_FIELDS } from './evaluation.ts'
import { FORM_FIELDS } from './form.ts'
import { BODY_FIELDS, HANDLING_FIELDS } from './handling.ts'
import type { Fields, Service } from './measure.ts'
import { MEASURES } from './measures.ts'
import { ONLINE_FIELDS } from './online.ts'
import { PETITION_FIELDS } from './petitions.ts'
import { REPORT_FIELDS } from './reports.ts'
import { statistics } from './statistics.ts'
import { TASK_FIELDS } from './tasks.ts'
import { longCode, type Unit } from './units.ts'

export type Value = string | number | null
export type Item = Readonly<Record<string, Value>>

export interface Door {
  readonly path: string
  readonly service: Service
  /** Milliseconds. */
  readonly span: number
  /** The fields that say who and when. */
  head(unit: Unit, from: number, code: string): Item
  readonly fields: Fields
  /** Items as text; `accept` is what the reader asked for. */
  write(items: readonly Item[], accept?: string): { readonly type: string; readonly body: string }
}

/** UTC milliseconds → local yyyyMMddHHmmss. */
export const period = (at: number): string => new Date(at + ZONE_OFFSET).toISOString().replace(/\D/g, '').slice(0, 14)
const localText = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(0, 16).replace('T', ' ')
const zoned = (at: number) => `${new Date(at + ZONE_OFFSET).toISOString().slice(0, 19)}+07:00`

const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) })
const envelope: Door['write'] = (items) => json({ code: 'OK', data: { items } })
const csv =
  (separator: string, fields: readonly string[]): Door['write'] =>
  (items) => ({
    type: 'text/csv',
    body: [Object.keys(items[0] ?? {}).join(separator) || fields.join(separator)]
      .concat(items.map((item) => Object.values(item).join(separator)))
      .join('\r\n')
      .concat('\r\n'),
  })

const axis: Door['head'] = (unit, from) => ({ h_code: longCode(unit), period: period(from) })
const portal: Door['head'] = (unit, from) => ({ maDonVi: unit.code, thoiDiem: from })

/** Ministries and every third province leave the counter's channel empty, which means the counter (trap: null is 1). */
const leavesEmpty = (unit: Unit) => unit.kind === 'ministry' || unit.bodies % 3 === 0

const spanOf = (fields: Fields) => MEASURES[[Object.values(fields)[0] ?? ''].flat()[0] ?? '']?.span ?? MINUTE
const door = (path: string, service: Service, head: Door['head'], fields: Fields, write = envelope): Door => ({
  ...{ path, service, span: spanOf(fields), head, fields, write },
})

const documents = {
  sent: 'interchange/sent',
  received: 'interchange/received',
  accepted: 'interchange/accepted',
  rejected: 'interchange/rejected',
  deliveries: 'interchange/deliveries',
}
const settlement = {
  da_giai_quyet: 'filings/settled',
  truoc_va_dung_han: 'filings/settled-on-time',
  giai_quyet_qua_han: 'filings/settled-overdue',
  dang_giai_quyet: 'filings/pending',
  dang_trong_han: 'filings/pending-in-time',
  dang_qua_han: 'filings/pending-overdue',
  dung_han_766: 'filings/good-766',
  tong_766: 'filings/all-766',
}

export const DOORS: readonly Door[] = [
  door('/interchange/summary', 'interchange', axis, documents),
  door(
    '/interchange/summary.csv',
    'interchange',
    axis,
    documents,
    csv(',', ['h_code', 'period', ...Object.keys(documents)]),
  ),
  door('/interchange/state', 'interchange', axis, {
    in_work: 'interchange/in-work',
    connected: 'interchange/units-connected',
    ...HANDLING_FIELDS,
  }),
  door(
    '/portal/summary',
    'portal',
    (unit, from, channel) => ({
      ...portal(unit, from, channel),
      kenhThucHien: channel === '1' && leavesEmpty(unit) ? null : Number(channel),
    }),
    { soTiepNhan: 'filings/received' },
  ),
  door('/portal/acceptance', 'portal', portal, {
    tongSo: 'filings/received-all',
    trucTuyen: 'filings/received-online',
    daTiepNhan: 'filings/accepted',
    tiepNhanTrong8Gio: 'filings/accepted-in-8-hours',
  }),
  door('/portal/services', 'portal', (unit, from) => ({ maDonVi: unit.code, thoiDiem: Math.floor(from / 1000) }), {
    dichVuCungCap: 'filings/services-offered',
    dichVuCoHoSo: 'filings/services-used',
    ...ONLINE_FIELDS,
    ...EVALUATION_FIELDS,
  }),
  door(
    '/one-stop/summary.csv',
    'one-stop',
    (unit, from) => ({ ma_dinh_danh: longCode(unit), ky: localText(from) }),
    settlement,
    csv(';', ['ma_dinh_danh', 'ky', ...Object.keys(settlement)]),
  ),
  door(
    '/one-stop/form-06a',
    'one-stop',
    (unit, from) => ({ ma_dinh_danh: longCode(unit), ky: localText(from) }),
    FORM_FIELDS,
    (items) => json({ bieu: 'II.06a', dong: items }),
  ),
  door(
    '/feedback/summary',
    'feedback',
    (unit, from) => ({ unit: unit.code, start: zoned(from) }),
    {
      received: 'feedback/received',
      answered: 'feedback/answered',
      inWork: 'feedback/in-work',
      overdue: 'feedback/overdue',
      rated: 'feedback/rated',
      satisfied: 'feedback/satisfied',
    },
    json,
  ),
  door(
    '/reporting/daily',
    'reporting',
    (unit, from) => ({ ma_don_vi: unit.code, ngay: localText(from).slice(0, 10) }),
    { ...BODY_FIELDS, ...PETITION_FIELDS, ...TASK_FIELDS, ...REPORT_FIELDS },
    (items) => json({ bao_cao: items }),
  ),
  statistics,
]
