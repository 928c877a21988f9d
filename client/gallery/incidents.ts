/** Invented incidents for the gallery: one nobody has, one taken in hand and promised, a source, a drill. */

import { HOUR, MINUTE } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import type { Glass, GlassIncident } from '../../kpi/wire.ts'
import { NOW } from './readings.ts'

const text = (vi: string, en: string): Text => ({ vi, en })

const incident = (id: string, change: Partial<GlassIncident>): GlassIncident => ({
  ...{ id: `${id}:1`, cause: id, rule: id, number: 1, state: 'open', severity: 'warning', source: null },
  title: text('Giải quyết đúng hạn ở mức nghiêm trọng', 'Settled on time at the critical level'),
  action: text('Gọi đầu mối của tỉnh.', 'Call the province.'),
  ...{
    began: NOW - 86 * MINUTE,
    opened: NOW - 60 * MINUTE,
    closed: null,
    ever: 0,
    points: [],
    more: 0,
    contributions: null,
  },
  ...{
    acknowledged: null,
    assigned: null,
    escalated: null,
    grew: null,
    ended: null,
    muted: false,
    notes: [],
    changes: 0,
  },
  ...{ drill: false, simulated: true, pulse: NOW - 60 * MINUTE, condition: null, roles: ['duty'] },
  ...change,
})

const unit = (id: string, limit = '80') => ({
  ...{ rule: 'on-time', indicator: 'filings/on-time', key: { unit: id }, members: { unit: id } },
  ...{ began: NOW - 86 * MINUTE, measured: '78.1', limit },
})

const TAKEN = incident('on-time', {
  severity: 'critical',
  condition: { status: 'critical' },
  points: [unit('gia-lai'), unit('lam-dong')],
  ever: 2,
  acknowledged: { by: 'truc-ban', at: NOW - 39 * MINUTE, note: 'đã gọi', due: NOW + 3 * HOUR },
})
const SOURCE = incident('source@feedback', {
  title: text('Phản ánh, kiến nghị: im lặng', 'Feedback: silent'),
  source: 'feedback',
  began: NOW - 14 * MINUTE,
  opened: NOW - 12 * MINUTE,
  points: [],
  escalated: { at: NOW - 2 * MINUTE, roles: ['leader'], why: 'unacknowledged' },
})
const NATION = incident('nation', {
  title: text('Cả nước giải quyết đúng hạn dưới mức cảnh báo', 'The country settles on time below the warning limit'),
  condition: { status: 'warning' },
  points: [{ ...unit('', '90'), key: {}, members: {} }],
  contributions: {
    ...{ by: 'unit', amount: '1204', share: '61', parts: 34 },
    named: [
      { id: 'gia-lai', amount: '420', share: '35' },
      { id: 'lam-dong', amount: '312', share: '26' },
    ],
  },
  notes: [{ by: 'lanh-dao', at: NOW - 5 * MINUTE, text: 'báo cáo trước 17 giờ', pulse: NOW - 5 * MINUTE }],
})
const DRILL = incident('drill', {
  title: text('DIỄN TẬP: mất kết nối Trục', 'DRILL: the axis is gone'),
  drill: true,
  simulated: false,
})

/** One by itself: two provinces below their limit. */
export const ALONE: GlassIncident = { ...TAKEN, id: 'alone:1', acknowledged: null }
export const NONE: Glass = { incidents: [], notes: [] }
export const SOME: Glass = { incidents: [TAKEN, SOURCE, NATION], notes: [] }
export const MANY: Glass = {
  incidents: [
    TAKEN,
    SOURCE,
    NATION,
    DRILL,
    ...Array.from({ length: 20 }, (_, i) => ({ ...SOURCE, id: `source@${i}:1` })),
  ],
  more: 4,
  notes: [],
}
