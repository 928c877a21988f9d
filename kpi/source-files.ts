/** The declaration of a file source, and of the published document a file may be. */
import { z } from 'zod'
import { DateText } from './indicator.ts'
import { base } from './source-base.ts'
import { FORMATS, reading } from './source-format.ts'
import { Text } from './text.ts'

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
  ...base,
  kind: z.literal('files'),
  /** A path relative to this declaration, or from the root; * stands for any name. */
  path: z.string().min(1),
  format: z.enum(FORMATS).default('csv'),
  ...reading,
  /** When a file is whole: unchanged between two looks, at once, or when a file of its name and this ending stands beside it. */
  arrival: z
    .union([z.enum(['two-looks', 'at-once']), z.strictObject({ marker: z.string().min(1) })])
    .default('two-looks'),
  /** Where a file goes once it is taken. Each is then a statement of its own; without it files stay, and what one no longer says is withdrawn. */
  done: z.string().min(1).optional(),
  /** Where a file goes that cannot be taken, with a report beside it. */
  refused: z.string().min(1).optional(),
  /** Whether a wrong row is left out, or nothing of its file is taken. */
  'bad-rows': z.enum(['skip', 'refuse-file']).default('skip'),
  /** For published documents: what the citation points to. Rows then pass only when the document can have said them. */
  document: PublishedDocument.optional(),
})
export type FilesSource = Readonly<z.infer<typeof FilesSource>>
