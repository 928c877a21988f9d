/** Feedback of a day by what it is about, and its steps with the deadline of each, as the portal's report counts them. */
import { part } from './chance.ts'
import { daily, type Fields, type Measures, overDay, type Ratios } from './measure.ts'
import type { UnitWorld } from './world.ts'

/** Code of the portal → column of the daily report. */
const CLASSES = { PETITION_CLASSIFICATION_TTHC: 'quy_dinh', PETITION_CLASSIFICATION_STAFF: 'hanh_vi' } as const
/** Steps and their deadlines in working days: 2, 5, 15 and 2. */
export const STEPS = ['refuse', 'supplement', 'process', 'publish'] as const

const received = (world: UnitWorld, day: number) => overDay(world.feedback.received(day))
const onOfficials = (world: UnitWorld, day: number) =>
  part(received(world, day), 120 + (world.dice(91) % 160), world.dice(day, 92))

function done(world: UnitWorld, day: number, step: string): number {
  const { settled } = world.feedback.answering.day(day)
  if (step === 'process') return overDay(settled)
  if (step === 'publish') return part(overDay(settled), 720, world.dice(day, 93))
  return part(received(world, day), step === 'refuse' ? 70 : 110, world.dice(day, step === 'refuse' ? 94 : 95))
}

function inTime(world: UnitWorld, day: number, step: string): number {
  if (step === 'process') return overDay(world.feedback.answering.day(day).onTime)
  const habit = (world.unit.habit === 'slow-register' ? 780 : 900) + (world.dice(96, step.length) % 100)
  return part(done(world, day, step), habit, world.dice(day, step.length, 97))
}

export const PETITIONS: Measures = {
  'feedback/by-class': daily(
    'reporting',
    'adds',
    (world, day, code) =>
      code === 'PETITION_CLASSIFICATION_STAFF'
        ? onOfficials(world, day)
        : received(world, day) - onOfficials(world, day),
    { by: 'feedback-class', codes: Object.keys(CLASSES) },
  ),
  'feedback/steps': daily('reporting', 'adds', done, { by: 'feedback-step', codes: STEPS }),
  'feedback/steps-in-time': daily('reporting', 'adds', inTime, { by: 'feedback-step', codes: STEPS }),
}

export const PETITION_RATIOS: Ratios = {
  'feedback/steps-in-time-share': ['feedback/steps-in-time', 'feedback/steps'],
}

export const PETITION_FIELDS: Fields = {
  ...Object.fromEntries(Object.entries(CLASSES).map(([code, name]) => [`pakn_${name}`, ['feedback/by-class', code]])),
  ...Object.fromEntries(STEPS.map((step) => [`pakn_${step}`, ['feedback/steps', step] as const])),
  ...Object.fromEntries(STEPS.map((step) => [`pakn_${step}_dung_han`, ['feedback/steps-in-time', step] as const])),
}
