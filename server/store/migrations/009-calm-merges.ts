/** How the big tables are kept: small parts wait until many merge at once, and no column statistics are made that nothing asks for. */
import type { Dialect } from '../connect.ts'

const TABLES = ['observation', 'minute', 'hour', 'day']

/**
 * By itself the engine merges twelve small parts into the big one beside them, again and again: of what a folding second cost, a third.
 * What an engine does not know yet it does not do.
 */
const SETTINGS: Readonly<Record<string, string>> = { merge_selector_base: '15', auto_statistics_types: "''" }

/** Statements in order; each may be repeated. `known`: the names of the table settings this engine has. */
export default function calmMerges({ onCluster }: Dialect, known: ReadonlySet<string>): readonly string[] {
  const settings = Object.entries(SETTINGS).filter(([name]) => known.has(name))
  return TABLES.flatMap((table) =>
    settings.map(([name, value]) => `ALTER TABLE ${table} ${onCluster} MODIFY SETTING ${name} = ${value}`),
  )
}
