/** The only console: one line each on stderr for the log, sentences for the operator on stdout. */
import type { Log } from '../kpi/log.ts'
import type { Language, Text } from '../kpi/text.ts'
import { languageOf } from './settings.ts'

// Who read what is said here may be gone (a pipe that was closed, a journal that starts again): nobody ends for that.
for (const out of [process.stdout, process.stderr]) out.on('error', () => undefined)

const oneLine = (text: string) => text.replace(/\s*\r?\n\s*/g, ' · ').trim()

/** A mistake in our own code shows where it is; everything else is a fact of the world and needs no stack. */
const isFault = (cause: Error) =>
  (cause instanceof TypeError || cause instanceof ReferenceError || cause instanceof RangeError) &&
  cause.cause === undefined

/** The chain of causes on one line: "cannot store: connection refused ← ECONNREFUSED". At most eight links. */
export function chain(cause: unknown): string {
  const links: string[] = []
  let next = cause
  while (next !== undefined && next !== null && links.length < 8) {
    if (!(next instanceof Error)) {
      links.push(oneLine(typeof next === 'string' ? next : (JSON.stringify(next) ?? String(next))))
      break
    }
    links.push(oneLine(isFault(next) ? (next.stack ?? String(next)) : next.message || next.name))
    next = next.cause
  }
  return links.join(' ← ')
}

/**
 * A log whose lines carry the name of a room: `2026-11-22T02:41:27.123Z info room: text`.
 * `write` receives one line without its newline; by default it goes to stderr. `language`: that of this process.
 */
export function createLog(
  room: string,
  now: () => number = Date.now,
  write: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
  language: Language = languageOf(),
): Log {
  const put = (level: string, said: Text | string, cause?: unknown) => {
    const text = typeof said === 'string' ? said : said[language]
    const because = cause === undefined ? '' : `: ${chain(cause)}`
    write(`${new Date(now()).toISOString()} ${level} ${room}: ${oneLine(text)}${because}`)
  }
  return {
    info: (text) => put('info', text),
    warn: (text, cause) => put('warn', text, cause),
    error: (text, cause) => put('error', text, cause),
  }
}

/** A sentence for the operator, on stdout. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A sentence for the operator about why something does not start, on stderr, without stamp or stack. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** How far something is, on stderr: on a terminal one line that is written over, elsewhere a line for every tenth. The empty text takes it away. */
export function startProgress(
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): (text: string, percent: number) => void {
  let tenth = 0
  return (text, percent) => {
    if (out.isTTY) out.write(`\r\u001b[K${text}`)
    else if (text !== '' && Math.floor(percent / 10) > tenth) out.write(`${text}\n`)
    tenth = Math.floor(percent / 10)
  }
}
