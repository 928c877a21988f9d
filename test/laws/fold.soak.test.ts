/** The law of the fold over thousands of histories; `HISTORIES` of them, from `SEED` on. */
import { test } from 'vitest'
import { law } from './walk.ts'

const HISTORIES = Number(process.env.HISTORIES ?? 2000)

test(
  `folded minute, hour and day equal the naive model over ${HISTORIES} histories`,
  () => law(HISTORIES),
  4 * 3_600_000,
)

/** How many of them with kills of the engine, which take a second each, and how many with what comes too late. */
const [KILLED, LATE] = [Math.ceil(HISTORIES / 20), Math.ceil(HISTORIES / 4)]

test(
  `and over ${KILLED} histories with kill -9 of the engine between any two steps`,
  () => law(KILLED, {}, undefined, { kills: true }),
  4 * 3_600_000,
)

test(
  `and over ${LATE} histories with what becomes visible when no fold looks back so far`,
  () => law(LATE, {}, undefined, { stragglers: true }),
  4 * 3_600_000,
)
