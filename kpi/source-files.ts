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
  /** A path relative to this declaration; * stands for any name. */
  path: z.string().min(1),
  format: z.enum(FORMATS).default('csv'),
  ...reading,
  /** For published documents: what the citation points to. Rows then pass only when the document can have said them. */
  document: PublishedDocument.optional(),
})
