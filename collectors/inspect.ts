/** Looks at a collector's folder without touching it: what waits, what cannot be read, what was put aside. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from './batch.ts'

export interface Inspected {
  /** Batches that wait for the store, and the observations in them. */
  readonly waiting: number
  readonly observations: number
  /** Paths of batch files that are torn. */
  readonly torn: readonly string[]
  /** Paths of files an earlier start put aside. */
  readonly refused: readonly string[]
}

const filesIn = (folder: string) =>
  readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw cause
  })

/** `folder` is what `startCollectors` was given. A batch sent while we look is no finding. */
export async function inspect(folder: string): Promise<Inspected> {
  const outbox = join(folder, 'outbox')
  const torn: string[] = []
  let [waiting, observations] = [0, 0]
  for (const name of (await filesIn(outbox)).filter((one) => one.endsWith('.ndjson')).sort()) {
    const path = join(outbox, name)
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text === null) continue
    const { batch } = decode(text)
    if (batch === null) torn.push(path)
    else {
      waiting += 1
      observations += batch.observations.length
    }
  }
  const refused = (await filesIn(join(folder, 'refused'))).sort().map((name) => join(folder, 'refused', name))
  return { waiting, observations, torn, refused }
}
