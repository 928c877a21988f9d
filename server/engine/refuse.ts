/** What no request may do, whoever sends it: leave the data folder, reach the network, run programs, stop the engine. */
import { denied } from './fault.ts'
import { isWord, type Token } from './tokens.ts'

/** Functions, table engines and dictionary sources that read or write outside the store. */
const OUTSIDE: ReadonlySet<string> = new Set(
  `file filecluster filelog url urlcluster http s3 s3cluster s3queue gcs oss cosn hdfs hdfscluster disk
   azureblobstorage azureblobstoragecluster azurequeue remote remotesecure cluster clusterallreplicas distributed
   mysql postgresql materializedpostgresql materializedmysql mongodb mongo redis cassandra clickhouse sqlite odbc jdbc
   executable executablepool python arrowflight ytsaurus kafka nats rabbitmq prometheusquery prometheusqueryrange
   iceberg icebergs3 icebergazure iceberghdfs iceberglocal icebergcluster icebergs3cluster icebergazurecluster
   iceberghdfscluster deltalake deltalakes3 deltalakeazure deltalakelocal deltalakecluster deltalakes3cluster
   deltalakeazurecluster hudi hudicluster paimon paimons3 paimonazure paimonhdfs paimonlocal paimoncluster
   unitycatalog datalakecatalog catboostevaluate filesystem backup`.split(/\s+/),
)
const SYSTEM_ALLOWED = /^(STOP|START|FLUSH|SYNC|WAIT|REFRESH|CLEAR)$/

const bare = (token: Token) => (token.kind === 'name' ? token.text.slice(1, -1) : token.text).toLowerCase()

/** A quoted name with an escape in it could spell anything. */
const isOutside = (token: Token) => OUTSIDE.has(bare(token)) || (token.kind === 'name' && token.text.includes('\\'))

/** Throws ACCESS_DENIED (497) with a sentence when the statement asks for what is refused. */
export function refuse(all: readonly Token[]): void {
  for (const [i, token] of all.entries()) {
    const next = all[i + 1]
    if (isWord(token, 'INTO') && isWord(next, 'OUTFILE'))
      throw denied('INTO OUTFILE is refused: answers go to the caller')
    if (isWord(token, 'FROM') && isWord(next, 'INFILE'))
      throw denied('FROM INFILE is refused: send the rows in the body')
    const named = token.kind === 'word' || token.kind === 'name'
    if (named && next?.text === '(' && isOutside(token) && !isColumnList(all, i)) {
      throw denied(`${token.text}() is refused: the engine reads and writes its own store only`)
    }
  }
  if (isWord(all[0], 'SYSTEM') && !SYSTEM_ALLOWED.test(all[1]?.text.toUpperCase() ?? '')) {
    throw denied(`SYSTEM ${all[1]?.text ?? ''} is refused`)
  }
  if (isWord(all[0], 'ATTACH') && all.some((token, i) => isWord(token, 'FROM') && all[i + 1]?.kind === 'string')) {
    throw denied('ATTACH … FROM a path is refused')
  }
  if (isWord(all[0], 'KILL') && all.some((token) => isWord(token, 'SYNC'))) {
    throw denied('KILL … SYNC never returns on this engine: use ASYNC')
  }
}

/** `INSERT INTO url (a, b)` and `CREATE TABLE file (…)` name a table of ours, not a function. */
function isColumnList(all: readonly Token[], at: number): boolean {
  let i = at - 1
  if (all[i]?.text === '.') i -= 2
  const before = all[i]
  if (at > 7) return false
  if (isWord(all[0], 'INSERT')) return isWord(before, 'INTO')
  return isWord(all[0], 'CREATE') && (isWord(before, 'TABLE') || isWord(before, 'EXISTS'))
}
