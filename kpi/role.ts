/** A role: who is told of incidents, by which ways and at which hours; never a person's name. The file's path under dashboards/roles is its id. */
import { z } from 'zod'
import { DurationText, Id } from './indicator.ts'
import { Recurring } from './recurring.ts'
import { SEVERITIES } from './rule.ts'
import { Text } from './text.ts'

/** Addresses and secrets come from the environment: `${DUTY_MAIL}`. */
export const Way = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mail'), to: z.string().min(3) }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/ }),
    /** `whsec_` and base64, as Standard Webhooks has it. */
    secret: z.string().min(16),
  }),
  z.strictObject({
    kind: z.literal('command'),
    /** A program and its arguments, run without a shell; the message is on its standard input as JSON. */
    run: z.array(z.string().min(1)).min(1),
    timeout: DurationText.default('10s'),
  }),
])
export type Way = Readonly<z.infer<typeof Way>>

export const RoleFile = z.strictObject({
  title: Text,
  /** Ways by which messages reach whoever has this role now. */
  ways: z.array(Way).default([]),
  language: z.enum(['vi', 'en']).default('vi'),
  /** Told of incidents at least this grave. */
  least: z.enum(SEVERITIES).default('warning'),
  /** When this role is on duty; outside, what is due waits for its next hours, or goes to `otherwise`. Empty: always. */
  duty: z.array(Recurring).default([]),
  /** The role told instead while this one is off duty. */
  otherwise: Id.optional(),
  /** Gathers what is not critical into one message in so long. */
  digest: DurationText.optional(),
  /** Whether incidents of simulated data are sent too. */
  simulated: z.boolean().default(false),
})
export type RoleFile = z.infer<typeof RoleFile>
export type Role = Readonly<RoleFile> & { readonly id: string }
