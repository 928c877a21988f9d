/** What the collectors make of the published files: the declared mapping and the border's checks over the rows as they stand. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { check } from '../../collectors/border.ts'
import type { Statement } from '../../collectors/map.ts'
import type { SourceOf } from '../../kpi/source.ts'
import { projectDeclarations } from '../support/declared.ts'

export interface Row {
  readonly indicator: string
  readonly unit: string
  readonly from: string
  readonly to: string
  readonly value: string
  readonly citation: string
}

/** The declarations of this project. */
export const { catalogue, problems } = projectDeclarations()

/** One source for each published document. */
export const documents = [...catalogue.sources.values()].filter(
  (source): source is SourceOf<'files'> => source.kind === 'files' && source.id.startsWith('published-2020/'),
)

/** The rows of a document's file, as written. */
export function rowsOf(source: SourceOf<'files'>): readonly Row[] {
  return parse(readFileSync(join(source.folder, source.path)), { columns: true, bom: true })
}

/** The statements of a document as the border lets them through at `now`; throws when it refuses a row. */
export function statementsOf(
  source: SourceOf<'files'>,
  now = Date.parse('2026-11-22T09:41:00+07:00'),
): readonly Statement[] {
  const { rows, refused } = check(rowsOf(source), null, source, catalogue, now)
  if (refused.length > 0) throw new Error(`${source.id} ${JSON.stringify(refused[0])}`)
  return rows.flat().map(({ statement }) => statement)
}
