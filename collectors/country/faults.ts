/** Faults on demand: what may go wrong with the interchange, kept across restarts when a state folder is given. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { provinceOf } from './provinces.ts'
import { MEASURES, SPAN } from './traffic.ts'

const Unit = z.string().refine((code) => provinceOf(code) !== undefined, { error: 'a code such as 000.00.00.H41' })
const Moment = z
  .union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
  .refine((at) => at % SPAN === 0, { error: 'the start of a five-minute span' })
/** Without `times` the fault stays until it is cleared; with it, it strikes that many answers. */
const times = z.int().min(1).optional()

export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('down'), times }),
  z.strictObject({ kind: z.literal('hang'), times }),
  z.strictObject({ kind: z.literal('status500'), times }),
  z.strictObject({ kind: z.literal('cut'), times }),
  z.strictObject({ kind: z.literal('wrongType'), times }),
  z.strictObject({ kind: z.literal('duplicate'), times }),
  z.strictObject({ kind: z.literal('zero'), times }),
  /** The unit is missing from every answer. */
  z.strictObject({ kind: z.literal('silence'), h_code: Unit }),
  /** The unit's spans are answered only this many spans later. */
  z.strictObject({ kind: z.literal('late'), h_code: Unit, spans: z.int().min(1) }),
  /** The truth itself changes, and later answers give the corrected value. */
  z.strictObject({
    kind: z.literal('correction'),
    h_code: Unit,
    from: Moment,
    delta: z.int(),
    of: z.enum(MEASURES).default('received'),
  }),
])
export type Fault = z.infer<typeof Fault>
export type FaultKind = Fault['kind']

export interface Faults {
  list(): readonly Fault[]
  set(fault: Fault): void
  /** Clears one kind, or all but corrections: those have become the truth. */
  clear(kind?: string): void
  /** The next fault that strikes a whole answer, counted down. */
  strike(kinds: readonly FaultKind[]): FaultKind | null
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
    strike(kinds) {
      const struck = faults.find((fault) => kinds.includes(fault.kind))
      if (!struck) return null
      if ('times' in struck && struck.times !== undefined) {
        const left = struck.times - 1
        keep(faults.flatMap((fault) => (fault !== struck ? [fault] : left > 0 ? [{ ...struck, times: left }] : [])))
      }
      return struck.kind
    },
  }
}
