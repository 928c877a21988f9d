/** What no request may do, whoever sends it: leave the data folder, reach the network, run programs, stop the engine, outlive itself. */
import { denied, type EngineError, syntax } from './fault.ts'
import { isWord, type Token } from './tokens.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Functions, table functions, places of backups and dictionary sources that read or write outside the store, or run SQL that is not looked at here. */
const OUTSIDE = set(
  `file filecluster filelog filesystem url urlcluster http s3 s3cluster s3queue gcs oss cosn hdfs hdfscluster disk
   azureblobstorage azureblobstoragecluster azurequeue remote remotesecure cluster clusterallreplicas distributed
   mysql postgresql materializedpostgresql materializedmysql mongodb mongo redis cassandra clickhouse sqlite odbc jdbc
   executable executablepool executable_pool library yamlregexptree python arrowflight arrowstream ytsaurus
   kafka nats rabbitmq prometheusquery prometheusqueryrange hive
   iceberg icebergs3 icebergazure iceberghdfs iceberglocal icebergcluster icebergs3cluster icebergazurecluster
   iceberghdfscluster iceberglocalcluster deltalake deltalakes3 deltalakeazure deltalakelocal deltalakecluster
   deltalakes3cluster deltalakeazurecluster hudi hudicluster paimon paimons3 paimonazure paimonhdfs paimonlocal
   paimoncluster paimons3cluster paimonazurecluster paimonhdfscluster paimonlocalcluster unitycatalog datalakecatalog
   catboostevaluate backup hascolumnintable eval queryrunner aiclassify aiembed aiextract aigenerate aitranslate`,
)
/** The engines a table or a database may have: what they hold is in the store itself, or nowhere. Some of the others need no brackets to reach out. */
const ENGINES = set(
  `atomic memory mergetree replacingmergetree summingmergetree aggregatingmergetree collapsingmergetree
   versionedcollapsingmergetree coalescingmergetree log tinylog stripelog null set join buffer merge generaterandom`,
)
/** Settings whose value is SQL that is not looked at here, or the name of a file. */
const HIDING = set(
  `additional_table_filters additional_result_filter parallel_replicas_custom_key format_schema format_schema_source
   format_template_row format_template_row_format format_template_resultset format_template_resultset_format
   output_format_schema input_format_record_errors_file_path rename_files_after_processing`,
)
const SYSTEM_ALLOWED = /^(STOP|START|FLUSH|SYNC|WAIT|REFRESH|CLEAR)$/
/** What CREATE, ALTER and DROP may not be about: people and their rights, doors to elsewhere, and what would stay with the connection. */
const NOT_OFFERED = /^(NAMED|USER|ROLE|ROW|POLICY|QUOTA|SETTINGS|PROFILE|MASKING|WORKLOAD|RESOURCE|TEMPORARY)$/

const bare = (token: Token) => (token.kind === 'name' ? token.text.slice(1, -1) : token.text).toLowerCase()
const isNamed = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'name'

/** A quoted name with an escape in it could spell anything. */
const isOutside = (token: Token) => OUTSIDE.has(bare(token)) || (token.kind === 'name' && token.text.includes('\\'))

/** Throws ACCESS_DENIED (497) for a setting that hides what is asked for. */
export function refuseSetting(name: string): void {
  if (HIDING.has(name.toLowerCase()))
    throw denied(`The setting ${name} is refused: it hides SQL, or a file, in its value`)
}

/** Throws ACCESS_DENIED (497) with a sentence when the statement asks for what is refused. */
export function refuse(all: readonly Token[]): void {
  const defines = isWord(all[0], 'CREATE') || isWord(all[0], 'ATTACH')
  for (const [i, token] of all.entries()) {
    const next = all[i + 1]
    const error =
      together(token, next) ??
      (next?.text === '(' ? called(all, i) : undefined) ??
      (defines && token.depth === 0 ? engineAt(all, i) : undefined)
    if (error) throw error
    if (next?.text === '=') refuseAssigned(all, i)
  }
  const [first, second] = all
  if (isWord(first, 'SYSTEM') && (!SYSTEM_ALLOWED.test(second?.text.toUpperCase() ?? '') || isWord(all[2], 'LISTEN')))
    throw denied(`SYSTEM ${second?.text ?? ''} is refused`)
  if (isWord(first, 'BACKUP') || isWord(first, 'RESTORE'))
    throw denied(`${first?.text.toUpperCase()} is refused: npm run backup and npm run restore do it`)
  if (isWord(first, 'ATTACH') && all.some((token, i) => isWord(token, 'FROM') && all[i + 1]?.kind === 'string'))
    throw denied('ATTACH … FROM a path is refused')
  if (isWord(first, 'KILL') && all.some((token) => isWord(token, 'SYNC')))
    throw denied('KILL … SYNC never returns on this engine: use ASYNC')
  if (/^(CREATE|ALTER|DROP)$/i.test(first?.text ?? '')) {
    const about = all.slice(1).find((token) => !isWord(token, 'OR') && !isWord(token, 'REPLACE'))
    if (about?.kind === 'word' && NOT_OFFERED.test(about.text.toUpperCase()))
      throw denied(`${first?.text.toUpperCase()} ${about.text.toUpperCase()} is not offered by the embedded engine`)
  }
}

/** What stands before `=`: behind SETTINGS the name of a setting, which must be there to be read. */
function refuseAssigned(all: readonly Token[], at: number): void {
  const token = all[at] as Token
  const isBound = token.text === '}' && isWord(all[at - 1], 'IDENTIFIER')
  const isSpelled = token.kind === 'name' && token.text.includes('\\')
  if ((isBound || isSpelled) && all.slice(0, at).some((one) => isWord(one, 'SETTINGS')))
    throw denied('A setting is named plainly: write its name into the statement')
  if (isNamed(token)) refuseSetting(bare(token))
}

/** Two words that are refused together, wherever they stand. */
function together(token: Token, next: Token | undefined): EngineError | undefined {
  if (isWord(token, 'INTO') && isWord(next, 'OUTFILE'))
    return denied('INTO OUTFILE is refused: answers go to the caller')
  if (isWord(token, 'FROM') && isWord(next, 'INFILE'))
    return denied('FROM INFILE is refused: send the rows in the body')
  if (isWord(token, 'PARALLEL') && isWord(next, 'WITH'))
    return syntax('Multi-statements are not allowed: send one statement per request')
  return undefined
}

/** What stands before a bracket: a function, an engine with arguments, or the kind of a dictionary's source. */
function called(all: readonly Token[], at: number): EngineError | undefined {
  const token = all[at] as Token
  if (token.text === '}' && isWord(all[at - 1], 'IDENTIFIER'))
    return denied('A parameter cannot name a function: write its name into the statement')
  if (isWord(token, 'SOURCE') && all.some((one) => isWord(one, 'DICTIONARY')) && !isWord(all[at + 2], 'NULL'))
    return denied(`SOURCE(${all[at + 2]?.text ?? ''}) is refused: the engine reads and writes its own store only`)
  if (!isNamed(token) || !isOutside(token) || isColumnList(all, at)) return undefined
  return denied(`${token.text}() is refused: the engine reads and writes its own store only`)
}

/** What may stand behind a table or a column that is called engine; no engine is called so. */
const AFTER_A_NAME =
  /^(ENGINE|ON|UUID|AS|TO|FROM|WHERE|PREWHERE|AND|OR|IN|IS|NOT|LIKE|ILIKE|GROUP|ORDER|HAVING|LIMIT|UNION|ASC|DESC)$/i

/** The engine of a table or a database: `ENGINE = Name`, `ENGINE Name`. */
function engineAt(all: readonly Token[], at: number): EngineError | undefined {
  if (!isWord(all[at], 'ENGINE')) return undefined
  const isEqual = all[at + 1]?.text === '='
  const name = all[isEqual ? at + 2 : at + 1]
  const isValue = name === undefined || name.kind === 'string' || name.kind === 'number'
  const isOther = !isEqual && (name?.kind === 'sign' ? name.text !== '{' : AFTER_A_NAME.test(name?.text ?? ''))
  if (isValue || isOther || (isNamed(name) && ENGINES.has(bare(name)))) return undefined
  return denied(`ENGINE = ${name.text} is refused: the engine reads and writes its own store only`)
}

const BEFORE_A_TABLE = /^(INSERT|INTO|CREATE|OR|REPLACE|TABLE|IF|NOT|EXISTS)$/i

/** `INSERT INTO url (a, b)` and `CREATE TABLE file (…)` name a table of ours, not a function. */
function isColumnList(all: readonly Token[], at: number): boolean {
  const table = all[at - 1]?.text === '.' ? at - 2 : at
  const before = all.slice(0, table)
  if (!before.every(({ kind, text }) => kind === 'word' && BEFORE_A_TABLE.test(text))) return false
  return isWord(before[0], 'INSERT') || (isWord(before[0], 'CREATE') && before.some((token) => isWord(token, 'TABLE')))
}
