/** The time a process lives at, so that no proof depends on the day or the hour it runs at, nor waits for what it could have come sooner. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BUILT } from './root.ts'

/** A Monday morning in Viet Nam. */
export const MORNING = Date.parse('2026-11-23T09:04:00+07:00')

const AHEAD = pathToFileURL(join(BUILT, 'test/support/ahead.js')).href

/** Surroundings of a process that believes it is `at`, UTC milliseconds, and that so many times as much goes by. */
export const livingAt = (at: number, rate = 1): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import ${AHEAD}`,
  CLOCK_AHEAD: String(at - Date.now()),
  CLOCK_RATE: String(rate),
})
