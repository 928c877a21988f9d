/** What screens send of what they painted, and what the hub asks about them: whatever is no report is not looked at. */
import { z } from 'zod'
import type { Painted } from '../../kpi/painted.ts'
import type { Directing } from './start.ts'

const pixels = z.number().min(0).max(65_536)
const Schema = z.strictObject({
  page: z.string().min(4).max(64),
  board: z.string().max(300),
  pulse: z.int().min(0),
  took: z.number().min(0),
  width: pixels,
  height: pixels,
  ratio: z.number().min(0).max(16),
  language: z.enum(['vi', 'en']),
  build: z.string().max(80),
  visible: z.boolean(),
  busy: z.tuple([z.int().min(0), z.number().min(0)]),
  errors: z.int().min(0),
  flip: z.int().min(0).optional(),
})

const sentence = z.string().max(400)
const Said = z.strictObject({ vi: sentence, en: sentence })

/** The report; null when it is none. */
export function readPainted(value: unknown): Painted | null {
  const read = Schema.safeParse(value)
  return read.success ? (read.data as Painted) : null
}

/** What the rooms of screens ask of the director and tell it. `screenOf`: the paired screen whose key a request carries. */
export function directed<R>(directing: Directing, screenOf: (request: R) => string | null) {
  return {
    ...{ screenOf, mayShow: directing.mayShow, program: directing.program },
    painted(link: string, screen: string | null, said: unknown): void {
      const painted = readPainted(said)
      if (painted) directing.table.painted(link, screen, painted)
    },
    says(link: string, said: unknown): void {
      const read = Said.nullable().safeParse(said)
      if (read.success) directing.table.says(link, read.data)
    },
    ...{ told: directing.table.told, left: directing.table.left },
    ...{ joined: directing.table.joined, watching: directing.table.watching },
  }
}
