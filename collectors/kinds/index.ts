/** The table of the kinds of source: a new kind is a name in kpi/source.ts, a file here and a row below. */
import type { Source, SourceKind, SourceOf } from '../../kpi/source.ts'
import { evaluation } from './evaluation.ts'
import { files } from './files.ts'
import { http } from './http.ts'
import type { Kind } from './kind.ts'
import { push } from './push.ts'
import { sdmx } from './sdmx.ts'
import { sql } from './sql.ts'

const KINDS = { http, evaluation, files, push, sdmx, sql } satisfies { [K in SourceKind]: Kind<SourceOf<K>> } & Record<
  SourceKind,
  unknown
>

/** The kind of a source, for that source. */
export function kindOf(source: Source): Kind<Source> {
  return KINDS[source.kind] as Kind<Source>
}
