/** A list of how many live where, by which counts are made comparable. The file's path under dashboards/populations is its id. */
import { z } from 'zod'
import { Id } from './id.ts'
import { DateText } from './indicator.ts'
import { Text } from './text.ts'

export const PopulationFile = z.strictObject({
  title: Text,
  /** What one counts, for the label: người. */
  unit: Text,
  /** The dimension whose members are counted. */
  dimension: Id.default('unit'),
  /** A count is told for so many of them. */
  per: z.int().min(1).default(10_000),
  /** The day the list counts. */
  on: DateText,
  /** The document it is from; `unverified` until somebody has put the official one in. */
  basis: z.string().min(1),
  /** How many, by member. */
  values: z.record(Id, z.int().min(1)),
})
export type PopulationFile = Readonly<z.infer<typeof PopulationFile>>

export interface Population extends PopulationFile {
  readonly id: string
}
