/** A source: where observations come from, and how its rows are mapped. The file's path under dashboards/sources is its id. */
import { z } from 'zod'
import { EvaluationSource } from './source-evaluation.ts'
import { FilesSource } from './source-files.ts'
import { HttpSource } from './source-http.ts'
import { PushSource } from './source-push.ts'
import { SdmxSource } from './source-sdmx.ts'
import { SqlSource } from './source-sql.ts'

export const SourceFile = z.discriminatedUnion('kind', [
  HttpSource,
  EvaluationSource,
  FilesSource,
  PushSource,
  SqlSource,
  SdmxSource,
])
export type SourceFile = z.infer<typeof SourceFile>
export type SourceKind = SourceFile['kind']

/** `folder` is where the declaration stands; relative paths start there. */
export type Source = Readonly<SourceFile> & { readonly id: string; readonly folder: string }
/** A source that is asked; the others push. */
export type AskedSource = Exclude<Source, { kind: 'push' }>
export type SourceOf<K extends SourceKind> = Extract<Source, { kind: K }>

/** The source under which the collectors speak of themselves; nobody declares it. */
export const SYSTEM_SOURCE = 'system/collectors'
