/** Faults on demand: what may go wrong with a system of the country, kept across restarts when a state folder is given. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CHANNELS } from './filings.ts'
import { SERVICES, type Service } from './measure.ts'
import { SPAN } from './traffic.ts'
import { unitOf } from './units.ts'

const Unit = z
  .string()
  .refine((code) => unitOf(code) !== undefined, { error: 'a code such as 000.00.00.H41, H41 or G03' })
const Moment = z
  .union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
  .refine((at) => at % SPAN === 0, { error: 'the start of a five-minute span' })
/** Without `times` the fault stays until it is cleared; with it, it strikes that many answers. */
const times = z.int().min(1).optional()
/** Which system; without it all of them. */
const service = z.enum(SERVICES).optional()

const whole = { times, service }

export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('down'), ...whole }),
  z.strictObject({ kind: z.literal('hang'), ...whole }),
  z.strictObject({ kind: z.literal('status500'), ...whole }),
  z.strictObject({ kind: z.literal('cut'), ...whole }),
  z.strictObject({ kind: z.literal('wrongType'), ...whole }),
  z.strictObject({ kind: z.literal('duplicate'), ...whole }),
  /** A field of every item has another name. */
  z.strictObject({ kind: z.literal('schemaChange'), ...whole }),
  /** The system's clock is wrong: every period it names is this many minutes ahead. */
  z.strictObject({ kind: z.literal('clockSkew'), minutes: z.int(), ...whole }),
  /** Every number is zero, of one unit or of all: a ratio is then 0/0. */
  z.strictObject({ kind: z.literal('zero'), h_code: Unit.optional(), ...whole }),
  /** The unit is missing from every answer. */
  z.strictObject({ kind: z.literal('silence'), h_code: Unit, service }),
  /** The unit's spans are answered only this many spans later. */
  z.strictObject({ kind: z.literal('late'), h_code: Unit, spans: z.int().min(1), service }),
  /** One number of one unit is stated wrong by `delta`, by the name it has in the system's answer: its books no longer balance. */
  z.strictObject({
    kind: z.literal('misstated'),
    h_code: Unit,
    field: z.string().min(1),
    delta: z.int(),
    times,
    service,
  }),
  /** The truth itself changes, and later answers give the corrected value: documents, filings received by channel, or feedback received. */
  z.strictObject({
    kind: z.literal('correction'),
    service: z.enum(['interchange', 'portal', 'feedback']).default('interchange'),
    h_code: Unit,
    channel: z.enum(CHANNELS).optional(),
    from: Moment,
    delta: z.int(),
    of: z.enum(['sent', 'received', 'accepted']).default('received'),
  }),
])
export type Fault = z.infer<typeof Fault>
export type FaultKind = Fault['kind']

export interface Faults {
  list(): readonly Fault[]
  set(fault: Fault): void
  /** Clears one kind, or all but corrections: those have become the truth. */
  clear(kind?: string): void
  /** The next fault that strikes a whole answer of a system, counted down. */
  strike(kinds: readonly FaultKind[], service: Service): Fault | null
}

/** Opens the list of faults; `folder` null keeps it in memory only. */
export function openFaults(folder: string | null): Faults {
  const file = folder === null ? null : join(folder, 'faults.json')
  let faults: readonly Fault[] = []
  if (folder !== null) mkdirSync(folder, { recursive: true })
  if (file !== null) {
    try {
      faults = z.array(Fault).parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      // The first start, or a file cut by a crash: the country begins without faults.
      faults = []
    }
  }
  const keep = (next: readonly Fault[]) => {
    faults = next
    if (file === null) return
    writeFileSync(`${file}.tmp`, JSON.stringify(faults))
    renameSync(`${file}.tmp`, file)
  }
  return {
    list: () => faults,
    set: (fault) => keep([...faults, fault]),
    clear: (kind) =>
      keep(faults.filter((fault) => (kind === undefined ? fault.kind === 'correction' : fault.kind !== kind))),
    strike(kinds, service) {
      const struck = faults.find((fault) => kinds.includes(fault.kind) && (fault.service ?? service) === service)
      if (!struck) return null
      if ('times' in struck && struck.times !== undefined) {
        const left = struck.times - 1
        keep(faults.flatMap((fault) => (fault !== struck ? [fault] : left > 0 ? [{ ...struck, times: left }] : [])))
      }
      return struck
    },
  }
}
