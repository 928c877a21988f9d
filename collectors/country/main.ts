/** The demonstration country as a process: `node build/collectors/country/main.js --port 0 --seed 1 --state FOLDER [--drop FOLDER] [--clock-offset MS]`. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startCountry } from './start.ts'

const USAGE = 'country [--port N] [--seed S] [--state FOLDER] [--drop FOLDER] [--clock-offset MS]'

function leave(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < least)
    leave(`--${name} phải là số nguyên từ ${least} | --${name} must be a whole number from ${least}: ${text}\n${USAGE}`)
  return value
}

function options() {
  try {
    const text = { type: 'string' } as const
    return parseArgs({ options: { port: text, seed: text, state: text, drop: text, 'clock-offset': text } }).values
  } catch (cause) {
    return leave(`${cause instanceof Error ? cause.message : cause}\n${USAGE}`)
  }
}

const given = options()
const offset = whole('clock-offset', given['clock-offset'] ?? '0', Number.MIN_SAFE_INTEGER)
const port = whole('port', given.port ?? '8090', 0)
const folder = given.drop ?? (given.state === undefined ? undefined : join(given.state, 'drop'))
const supervised = process.send !== undefined

try {
  const country = await startCountry({
    port,
    seed: whole('seed', given.seed ?? '1', 0),
    now: () => Date.now() + offset,
    state: given.state ?? null,
    ...(folder !== undefined && { drop: folder }),
  })
  const stop = () => void country.stop().then(() => process.exit(0))
  process.on('SIGTERM', stop)
  process.on('disconnect', stop)
  // Ctrl-C reaches the whole process group; under a supervisor the order of leaving is the supervisor's.
  process.on('SIGINT', supervised ? () => {} : stop)
  process.send?.({ ready: true, url: country.url })
  if (!supervised) process.stdout.write(`${country.url}\n`)
} catch (cause) {
  const why = cause instanceof Error ? cause.message : String(cause)
  leave(`Quốc gia mô phỏng không khởi động được trên cổng ${port} | the country cannot start on port ${port}: ${why}`)
}
