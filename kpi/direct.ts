/** What a director may do with screens: checked before anything reaches the journal. */
import { z } from 'zod'
import { CODE_LENGTH } from './code-letters.ts'
import { Id } from './id.ts'
import { DurationText } from './indicator.ts'

/** A code as people type it: any case, with or without spaces and dashes. */
const Code = z
  .string()
  .transform((text) => text.toUpperCase().replace(/[^0-9A-Z]/g, ''))
  .pipe(z.string().length(CODE_LENGTH))
const name = z.string().trim().min(1).max(60)
const screen = z.string().min(3).max(80)

/** What an operator says of a screen. */
const About = {
  name,
  group: Id,
  place: Id.nullable().default(null),
  profile: Id.nullable().default(null),
  /** The only boards it may show. */
  boards: z.array(Id).min(1).nullable().default(null),
  language: z.enum(['vi', 'en']).default('vi'),
}

export const Direct = z.discriminatedUnion('act', [
  /** Lets a screen in by the code it shows. */
  z.strictObject({ act: z.literal('pair'), code: Code, ...About }),
  /** Says something else of it. */
  z.strictObject({ act: z.literal('change'), screen, ...About }),
  /** Takes its key away. */
  z.strictObject({ act: z.literal('revoke'), screen }),
  /** Puts a scene on, until somebody gives back or for so long; `locked`: no incident takes over meanwhile. */
  z.strictObject({
    act: z.literal('take'),
    group: Id,
    scene: Id,
    for: DurationText.optional(),
    locked: z.boolean().default(false),
  }),
  /** Lets the calendar rule again. */
  z.strictObject({ act: z.literal('release'), group: Id }),
  /** Undoes the newest take or release. */
  z.strictObject({ act: z.literal('undo'), group: Id }),
])
export type Direct = z.infer<typeof Direct>

/** Which acts of the journal are asked for: so many, the newest, or those before the one with this id. */
export const ActsAsked = z.strictObject({
  before: z.string().min(3).max(120).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
