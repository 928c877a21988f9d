/** A scene: which boards, with what parameters, one after the other; and a group of screens: which scene when, and what takes over. */
import { z } from 'zod'
import { Id } from './id.ts'
import { DurationText } from './indicator.ts'
import { Recurring } from './recurring.ts'
import { SEVERITIES } from './rule.ts'
import { LocalMomentText } from './silence.ts'
import { Text } from './text.ts'

/** A board, and the members its panels are filtered to. */
export const Showing = z.strictObject({ board: Id, where: z.record(Id, Id).default({}) })
export type Showing = Readonly<z.infer<typeof Showing>>

export const ONE_DIMENSION = 'one dimension and its members, such as { unit: [ha-noi, hue] }'

export const Step = z.strictObject({
  ...Showing.shape,
  /** The same board once for each of these members of one dimension, `for` so long each. */
  each: z
    .record(Id, z.array(Id).min(1))
    .refine((each) => Object.keys(each).length === 1, { error: ONE_DIMENSION })
    .optional(),
  /** What screens in some places of a group show instead. */
  places: z.record(Id, Showing).default({}),
  /** How long, before the next step; the last is followed by the first. */
  for: DurationText.default('1m'),
})
export type Step = Readonly<z.infer<typeof Step>>

export const SceneFile = z.strictObject({
  title: Text,
  /** The light its screens are shown in; where not said, as their profile has it at the time. */
  light: z.enum(['day', 'night']).optional(),
  /** The screen profiles it may be shown on; any where not said. */
  profiles: z.array(Id).min(1).optional(),
  steps: z.array(Step).min(1),
})
export type SceneFile = z.infer<typeof SceneFile>
export type Scene = Readonly<SceneFile> & { readonly id: string }

/** Long or none at all. */
const Stretch = DurationText.or(z.literal('0s'))

/** One line of a group's calendar: the first that is in force says which scene is on. */
export const Line = z.strictObject({
  scene: Id,
  /** Weekdays or kinds of day, and hours. */
  when: Recurring.optional(),
  /** Only within these local moments; `to` is not included. */
  from: LocalMomentText.optional(),
  to: LocalMomentText.optional(),
})
export type Line = Readonly<z.infer<typeof Line>>

export const Takeover = z.strictObject({
  /** Incidents at least this grave. */
  severity: z.enum(SEVERITIES).default('critical'),
  scene: Id,
  /** Screens in these places only; all where not said. */
  places: z.array(Id).min(1).optional(),
  /** How long an incident must have been open. */
  after: Stretch.default('0s'),
  /** When it gives back by itself: once the incident is closed, or already when somebody has it. */
  until: z.enum(['closed', 'acknowledged']).default('closed'),
  /** How long it stays after that. */
  linger: Stretch.default('15s'),
  /** The longest it stays, whatever becomes of the incident. */
  most: DurationText.optional(),
})
export type Takeover = Readonly<z.infer<typeof Takeover>>

const Cells = z.int().min(1).max(12)

/** Several screens that show one picture, each its part of it. */
export const Mosaic = z.strictObject({
  columns: Cells,
  rows: Cells,
  /** Which part a screen in each place shows: the column from the left and the row from above, from 1. */
  cells: z.record(Id, z.strictObject({ column: z.int().min(1), row: z.int().min(1) })),
  /** What is dark between two neighbours, millimetres: so much of the picture lies behind it, and lines go on straight. */
  bezel: z
    .strictObject({ across: z.number().min(0).max(200).default(0), down: z.number().min(0).max(200).default(0) })
    .default({ across: 0, down: 0 }),
})
export type Mosaic = Readonly<z.infer<typeof Mosaic>>

export const GroupFile = z.strictObject({
  title: Text,
  /** The screen profile of its screens, where a screen says none of its own; of a mosaic that of the whole surface. */
  profile: Id,
  /** The places a screen of this group may stand in, from left to right; none where all show the same. */
  places: z.array(Id).default([]),
  /** One picture across its screens. */
  mosaic: Mosaic.optional(),
  program: z.array(Line).min(1),
  /** The first that fits an open incident wins. */
  takeover: z.array(Takeover).default([]),
})
export type GroupFile = z.infer<typeof GroupFile>
export type Group = Readonly<GroupFile> & { readonly id: string }
