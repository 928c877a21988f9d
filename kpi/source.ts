/** A source: where observations come from, and how its rows are mapped. The file's path under dashboards/sources is its id. */
import { z } from 'zod'
import { DateText, DurationText, Id } from './indicator.ts'
import { QUALIFIERS } from './observation.ts'
import { Text } from './text.ts'

/** A fixed text, or the field of the row that holds it. */
const FieldOrText = z.union([z.string(), z.strictObject({ field: z.string().min(1) })])

/** A moment in a row: its field and Unicode format (yyyyMMddHHmmss, yyyy-MM-dd, ISO, epoch-ms, epoch-s), in a zone. */
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

export const ObservationMapping = z.strictObject({
  indicator: z.union([Id, z.strictObject({ field: z.string().min(1) })]),
  from: TimeField,
  /** The end: a field, or `span` after `from`. Without either the observation is a moment. */
  to: TimeField.optional(),
  span: DurationText.optional(),
  /** The field with the value, a sum of fields, or how far two sums of fields are apart. */
  value: z.union([z.string().min(1), SumOfFields, GapOfFields]),
  /** `decimal` is 1234.5; `vi` is 1.234,5 and "gần 1,25 triệu". */
  numbers: z.enum(['decimal', 'vi', 'en']).default('decimal'),
  members: z.record(Id, MemberField).default({}),
  qualifier: z.union([z.enum(QUALIFIERS), z.strictObject({ field: z.string().min(1) })]).default('exact'),
  citation: FieldOrText.optional(),
  /** Field that says the statement is taken back, when it is `true` or `1`. */
  withdrawn: z.string().optional(),
})
export type ObservationMapping = Readonly<z.infer<typeof ObservationMapping>>

const common = {
  title: Text,
  /** Anything touched by a simulated source carries the mark on every screen; production refuses it. */
  simulated: z.boolean().default(false),
  /** When to ask: a cron expression, seconds first, in Asia/Ho_Chi_Minh. */
  every: z.string().min(1).default('*/30 * * * * *'),
  /** `forever`: what it says is kept however old it grows, with all its folds. */
  retain: z.literal('forever').optional(),
  observations: z.array(ObservationMapping).min(1),
}

export const HttpSource = z.strictObject({
  ...common,
  kind: z.literal('http'),
  /** May hold {from} and {to}: the window asked for, as ISO 8601 UTC. */
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  format: z.enum(['json', 'csv']).default('json'),
  /** Path of the list of rows in the answer, dots between names; empty when the answer is the list. */
  rows: z.string().default(''),
  timeout: DurationText.default('10s'),
  /** How finely the source counts: windows begin and end on this beat. */
  span: DurationText,
  /** How long after a span's end the source can answer for it. */
  delay: DurationText.default('0s').or(z.literal('0s')),
  /** The most one request asks for. */
  chunk: DurationText.default('1d'),
  /** How far back the first start goes. */
  backfill: DurationText.default('1d'),
  /** How far back each run asks again for corrections. */
  revisit: DurationText.default('1h'),
})

export const PublishedDocument = z.strictObject({
  file: z.string(),
  publisher: Text,
  published: DateText.optional(),
  note: Text.optional(),
  /** The days it speaks of, both included; a row of other days is held. The stamp of a page is no such day. */
  about: z.strictObject({ from: DateText, to: DateText }).optional(),
  /** What stands on the page beside the text (stamps, headlines, captions); a row that quotes it is held. */
  beside: z.array(z.string().min(1)).default([]),
})
export type PublishedDocument = Readonly<z.infer<typeof PublishedDocument>>

export const FilesSource = z.strictObject({
  ...common,
  kind: z.literal('files'),
  /** A path relative to this declaration; * stands for any name. */
  path: z.string().min(1),
  format: z.enum(['csv', 'jsonl']).default('csv'),
  /** For published documents: what the citation points to. Rows then pass only when the document can have said them. */
  document: PublishedDocument.optional(),
})

export const SourceFile = z.discriminatedUnion('kind', [HttpSource, FilesSource])
export type SourceFile = z.infer<typeof SourceFile>
export type SourceKind = SourceFile['kind']

/** `folder` is where the declaration stands; relative paths start there. */
export type Source = Readonly<SourceFile> & { readonly id: string; readonly folder: string }
export type SourceOf<K extends SourceKind> = Extract<Source, { kind: K }>
