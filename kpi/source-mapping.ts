/** How the rows of a source are mapped to observations. */
import { z } from 'zod'
import { DurationText, Id } from './indicator.ts'
import { QUALIFIERS } from './observation.ts'

/** A fixed text, or the field of the row that holds it. */
const FieldOrText = z.union([z.string(), z.strictObject({ field: z.string().min(1) })])

/**
 * A moment in a row: its field and Unicode format (yyyyMMddHHmmss, yyyy-MM-dd, ISO, epoch-ms, epoch-s), in a zone. `period`
 * reads a written period or day ("quý III/2026", "kỳ báo cáo tháng 3/2026"), which has an end of its own.
 */
export const TimeField = z.strictObject({
  field: z.string().min(1),
  format: z.string().default('ISO'),
  zone: z.string().default('Asia/Ho_Chi_Minh'),
})

/**
 * A member: the field with its code and the code system it is from, or several systems where a list mixes them (the first
 * that knows the code speaks); `codes: id` means permanent ids; `names: true` reads a written name instead; `absent` is the
 * code or name that an empty field (null or no text) stands for; `fixed` means always this member.
 */
export const MemberField = z.union([
  z.strictObject({
    field: z.string().min(1),
    codes: z.union([Id, z.array(Id).min(1)]),
    absent: z.string().min(1).optional(),
  }),
  z.strictObject({ field: z.string().min(1), names: z.literal(true), absent: z.string().min(1).optional() }),
  z.strictObject({ fixed: Id }),
])
export type MemberField = Readonly<z.infer<typeof MemberField>>

/**
 * How far two sums of fields of one row are apart, never negative: an identity that holds is 0, one that is broken says by how
 * much, and what is missing here is not made up by what is too much elsewhere.
 */
export const GapOfFields = z.strictObject({
  gap: z.strictObject({ of: z.array(z.string().min(1)).min(1), to: z.array(z.string().min(1)).min(1) }),
})
export type GapOfFields = Readonly<z.infer<typeof GapOfFields>>

/**
 * A sum of fields of one row, some of them taken off: what one system writes in one column another splits over several, and
 * what was taken back is no longer counted.
 */
export const SumOfFields = z.strictObject({
  sum: z.array(z.string().min(1)).min(1),
  less: z.array(z.string().min(1)).default([]),
})
export type SumOfFields = Readonly<z.infer<typeof SumOfFields>>

/** A numerator that is only said as a percentage of a field: rounded to a whole number, so it is about right and says so. */
export const ShareOfField = z.strictObject({ percent: z.string().min(1), of: z.string().min(1) })
export type ShareOfField = Readonly<z.infer<typeof ShareOfField>>

/**
 * The value is a total so far and the observation what came on top of it within the span. Totals begin again with the day, the
 * month or the year (local time of `from`), never, or at `any` time the counter is restarted. Rows of a series come in the order of time.
 */
export const Cumulative = z.strictObject({ resets: z.enum(['day', 'month', 'year', 'never', 'any']) })

export const ObservationMapping = z.strictObject({
  indicator: z.union([Id, z.strictObject({ field: z.string().min(1) })]),
  from: TimeField,
  /** The end: a field, or `span` after `from`. Without either the observation is a moment. */
  to: TimeField.optional(),
  span: DurationText.optional(),
  /** The field with the value, a sum of fields, how far two sums of fields are apart, or a percentage of a field. */
  value: z.union([z.string().min(1), SumOfFields, GapOfFields, ShareOfField]),
  /** Texts in place of a figure that say there is none, such as "-" or "…", or an empty text for an empty field: nothing is stated then. */
  none: z.array(z.string()).default([]),
  /** What the number is multiplied by, exactly: 1000 where it counts thousands, 0.001 where it counts thousandths. */
  scale: z.number().positive().optional(),
  cumulative: Cumulative.optional(),
  /** `decimal` is 1234.5; `vi` is 1.234,5 and "gần 1,25 triệu". */
  numbers: z.enum(['decimal', 'vi', 'en']).default('decimal'),
  members: z.record(Id, MemberField).default({}),
  qualifier: z.union([z.enum(QUALIFIERS), z.strictObject({ field: z.string().min(1) })]).default('exact'),
  citation: FieldOrText.optional(),
  /** Field that says the statement is taken back, when it is `true` or `1`. */
  withdrawn: z.string().optional(),
})
export type ObservationMapping = Readonly<z.infer<typeof ObservationMapping>>

/** Every field a value is read from. */
export function fieldsOfValue(value: ObservationMapping['value']): readonly string[] {
  if (typeof value === 'string') return [value]
  if ('gap' in value) return [...value.gap.of, ...value.gap.to]
  return 'sum' in value ? [...value.sum, ...value.less] : [value.percent, value.of]
}
