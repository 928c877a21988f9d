/** What a measurement answers: names and numbers, how they are said, and what the machine tells of processes and folders. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Figures = Readonly<Record<string, number | string>>

export const say = (line: string) => process.stdout.write(`${line}\n`)

/** Milliseconds as seconds with two decimals. */
export const seconds = (ms: number) => Number((ms / 1000).toFixed(2))

/** Milliseconds with one decimal. */
export const millis = (ms: number) => Number(ms.toFixed(1))

/** The value below which `share` (0–1) of the samples lie: nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Resident memory of a process, megabytes; NaN when it is not on this machine. */
export function residentOf(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

/** Processor time a process has taken, milliseconds; NaN when it is not on this machine. */
export function processorOf(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  // A hundredth of a second each.
  return 10 * (Number(fields[11]) + Number(fields[12]))
}

/** Bytes of all files below a folder; what the engine has put together and removed meanwhile counts nothing. */
export function sizeOf(folder: string): number {
  return entriesOf(folder).reduce((all, entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return all + sizeOf(path)
    return all + (statSync(path, { throwIfNoEntry: false })?.size ?? 0)
  }, 0)
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  }
}
