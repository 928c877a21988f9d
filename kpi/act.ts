/** What a person may do about incidents, and what may be noted: checked before anything reaches the journal. */
import { z } from 'zod'
import { DurationText, Id } from './indicator.ts'
import { SEVERITIES } from './rule.ts'

const incident = z.string().min(3).max(300)
const note = z.string().trim().max(1000)
/** UTC milliseconds, or ISO 8601. */
const Moment = z.union([z.int().positive(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])

export const Act = z.discriminatedUnion('act', [
  /** "I have it": with a note and, if something is promised, by when. */
  z.strictObject({ act: z.literal('acknowledge'), incident, note: note.default(''), due: Moment.optional() }),
  /** Gives it to a role, or an office by its name. */
  z.strictObject({ act: z.literal('assign'), incident, to: z.string().trim().min(2).max(200), note: note.default('') }),
  /** Closed for a reason while the condition may go on: it is not opened again before that is over. */
  z.strictObject({ act: z.literal('close'), incident, reason: note.min(3) }),
  /** A note on an incident, or on a value as it was shown: bound to the data version it was written on. */
  z.strictObject({
    act: z.literal('note'),
    note: note.min(3),
    incident: incident.optional(),
    /** Which value: of an indicator, of members; neither: of a unit. */
    indicator: Id.optional(),
    members: z.record(Id, Id).default({}),
    /** The value as the writer saw it, decimal text, and the pulse it was shown at. */
    value: z.string().max(60).optional(),
    pulse: z.int().positive(),
  }),
  /** A silence planned by a person, from now for so long. */
  z.strictObject({
    act: z.literal('silence'),
    sources: z.array(Id).min(1).optional(),
    units: z.array(Id).min(1).optional(),
    indicators: z.array(Id).min(1).optional(),
    for: DurationText,
    note: note.min(3),
  }),
  /** Ends a silence planned by a person. */
  z.strictObject({ act: z.literal('speak'), silence: z.string().min(3).max(100), note: note.default('') }),
  /** An exercise: an incident that says so wherever it is seen or told, and that only a person closes. */
  z.strictObject({
    act: z.literal('drill'),
    title: note.min(3),
    severity: z.enum(SEVERITIES).default('warning'),
    roles: z.array(Id).min(1),
  }),
])
export type Act = z.infer<typeof Act>
