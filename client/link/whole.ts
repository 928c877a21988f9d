/** Fetches a long file piece by piece, telling how far it has come. */
import { AskError, refusal } from './ask.ts'

export interface Progress {
  /** Null where the form does not show them. */
  readonly rows: number | null
  readonly bytes: number
  /** How many rows there will be; null where the server does not say. */
  readonly total: number | null
}

/** The file behind an address. Throws AskError with the server's sentence, or the abort of `signal`. */
export async function fetchWhole(
  address: string,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly body: Blob }> {
  const answer = await fetch(address, { signal })
  if (!answer.ok || !answer.body) throw new AskError(await refusal(answer))
  const said = answer.headers.get('X-Total-Rows')
  const total = said === null ? null : Number(said)
  const type = answer.headers.get('Content-Type') ?? ''
  const name = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'observations.csv'
  const pieces: Blob[] = []
  const reader = answer.body.getReader()
  const inLines = type.startsWith('text/csv')
  // The first line names the columns.
  let [lines, bytes] = [-1, 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    // A blob can lie on disk; an array of bytes cannot.
    pieces.push(new Blob([value]))
    bytes += value.length
    if (inLines) for (const byte of value) if (byte === 10) lines++
    tell({ rows: inLines ? Math.max(0, lines) : null, bytes, total })
  }
  return { name, body: new Blob(pieces, { type }) }
}
