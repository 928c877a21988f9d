/** Every indicator the country can tell the truth about: its service, span and kind, and its value for a unit, channel and span. */
import { DAY, HOUR } from '../../kpi/range.ts'
import { dayOf, SLOT } from './days.ts'
import { EVALUATION, EVALUATION_RATIOS } from './evaluation.ts'
import { CHANNELS, type Channel } from './filings.ts'
import { FORM, FORM_MEANS, FORM_RATIOS } from './form.ts'
import { HANDLING, HANDLING_MEANS, HANDLING_RATIOS } from './handling.ts'
import type { Measure, Measures, Service } from './measure.ts'
import { ONLINE, ONLINE_RATIOS } from './online.ts'
import { PETITION_RATIOS, PETITIONS } from './petitions.ts'
import { REPORT_MEANS, REPORT_RATIOS, REPORTS } from './reports.ts'
import { TASK_RATIOS, TASKS } from './tasks.ts'
import { type Flow, SPAN } from './traffic.ts'
import { slotOf, type UnitWorld } from './world.ts'

const flow = (of: Flow): Measure => ({
  ...{ service: 'interchange', span: SPAN, kind: 'adds' },
  value: (world, from) => world.documents(from)[of],
})

/** A value per quarter-hour of a day. */
const slots = (
  service: Service,
  kind: Measure['kind'],
  at: (world: UnitWorld, day: number, slot: number) => number | undefined,
): Measure => ({
  ...{ service, span: SLOT, kind },
  value: (world, from) => at(world, dayOf(from), slotOf(from)) ?? 0,
})
const settling = (world: UnitWorld, day: number) => world.filings.settlement.day(day)
const accepting = (world: UnitWorld, day: number) => world.filings.acceptance.day(day)
const answering = (world: UnitWorld, day: number) => world.feedback.answering.day(day)

export const MEASURES: Measures = {
  ...HANDLING,
  ...FORM,
  ...PETITIONS,
  ...TASKS,
  ...ONLINE,
  ...REPORTS,
  ...EVALUATION,
  'interchange/sent': flow('sent'),
  'interchange/received': flow('received'),
  'interchange/accepted': flow('accepted'),
  'interchange/deliveries': flow('deliveries'),
  'interchange/rejected': flow('rejected'),
  'interchange/in-work': {
    ...{ service: 'interchange', span: HOUR, kind: 'stands' },
    value: (world, from) => world.handling.day(dayOf(from)).pending[slotOf(from) + HOUR / SLOT - 1] ?? 0,
  },
  'interchange/units-connected': {
    ...{ service: 'interchange', span: HOUR, kind: 'stands' },
    value: (world, from) => world.connected(dayOf(from)),
  },
  'filings/received': {
    ...{ service: 'portal', span: SLOT, kind: 'adds', split: { by: 'channel', codes: CHANNELS } },
    value: (world, from, channel) => world.filings.received(channel as Channel, dayOf(from))[slotOf(from)] ?? 0,
  },
  'filings/received-online': slots('portal', 'adds', (world, day, slot) => world.filings.received('2', day)[slot]),
  'filings/received-all': slots('portal', 'adds', (world, day, slot) => world.filings.all(day)[slot]),
  'filings/accepted': slots('portal', 'adds', (world, day, slot) => accepting(world, day).settled[slot]),
  'filings/accepted-in-8-hours': slots('portal', 'adds', (world, day, slot) => accepting(world, day).onTime[slot]),
  'filings/services-offered': {
    ...{ service: 'portal', span: DAY, kind: 'stands' },
    value: (world, from) => world.filings.services(dayOf(from)).offered,
  },
  'filings/services-used': {
    ...{ service: 'portal', span: DAY, kind: 'stands' },
    value: (world, from) => world.filings.services(dayOf(from)).used,
  },
  'filings/settled': slots('one-stop', 'adds', (world, day, slot) => settling(world, day).settled[slot]),
  'filings/settled-on-time': slots('one-stop', 'adds', (world, day, slot) => settling(world, day).onTime[slot]),
  'filings/settled-overdue': slots('one-stop', 'adds', (world, day, slot) => settling(world, day).overdue[slot]),
  'filings/pending': slots('one-stop', 'stands', (world, day, slot) => settling(world, day).pending[slot]),
  'filings/pending-in-time': slots('one-stop', 'stands', (world, day, slot) => settling(world, day).inTime[slot]),
  'filings/pending-overdue': slots('one-stop', 'stands', (world, day, slot) => settling(world, day).late[slot]),
  'filings/good-766': slots('one-stop', 'stands', (world, day, slot) => world.filings.index766(day).good[slot]),
  'filings/all-766': slots('one-stop', 'stands', (world, day, slot) => world.filings.index766(day).all[slot]),
  'feedback/received': slots('feedback', 'adds', (world, day, slot) => world.feedback.received(day)[slot]),
  'feedback/answered': slots('feedback', 'adds', (world, day, slot) => answering(world, day).settled[slot]),
  'feedback/in-work': slots('feedback', 'stands', (world, day, slot) => answering(world, day).pending[slot]),
  'feedback/overdue': slots('feedback', 'stands', (world, day, slot) => answering(world, day).late[slot]),
  'feedback/rated': slots('feedback', 'adds', (world, day, slot) => world.feedback.ratings(day).rated[slot]),
  'feedback/satisfied': slots('feedback', 'adds', (world, day, slot) => world.feedback.ratings(day).satisfied[slot]),
}

/** Ratios: the sum of one measure over the sum of another, 0–100; of what stands, the last of both. */
export const RATIOS: Readonly<Record<string, readonly [of: string, to: string]>> = {
  ...HANDLING_RATIOS,
  ...FORM_RATIOS,
  ...PETITION_RATIOS,
  ...TASK_RATIOS,
  ...ONLINE_RATIOS,
  ...REPORT_RATIOS,
  ...EVALUATION_RATIOS,
  'interchange/accepted-share': ['interchange/accepted', 'interchange/received'],
  'interchange/rejected-share': ['interchange/rejected', 'interchange/received'],
  'filings/online-share': ['filings/received-online', 'filings/received-all'],
  'filings/on-time-settled': ['filings/settled-on-time', 'filings/settled'],
  'filings/on-time-766': ['filings/good-766', 'filings/all-766'],
  'filings/accepted-in-time': ['filings/accepted-in-8-hours', 'filings/accepted'],
  'filings/pending-overdue-share': ['filings/pending-overdue', 'filings/pending'],
  'filings/services-used-share': ['filings/services-used', 'filings/services-offered'],
  'feedback/satisfaction': ['feedback/satisfied', 'feedback/rated'],
  'feedback/overdue-share': ['feedback/overdue', 'feedback/in-work'],
}

/** Ratios that are a mean (days or minutes over things) and not a percentage. */
export const MEANS: readonly string[] = [...HANDLING_MEANS, ...FORM_MEANS, ...REPORT_MEANS]
