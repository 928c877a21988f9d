/** The law of the fold over thousands of histories; `HISTORIES` of them, from `SEED` on. */
import { test } from 'vitest'
import { law } from './walk.ts'

const HISTORIES = Number(process.env.HISTORIES ?? 2000)

test(
  `folded minute, hour and day equal the naive model over ${HISTORIES} histories`,
  () => law(HISTORIES),
  4 * 3_600_000,
)

/** How many with kills of the engine, or with the doctor: they take a second each. */
const KILLED = Math.ceil(HISTORIES / 20)

test(
  `and over ${KILLED} histories with kill -9 of the engine between any two steps`,
  () => law(KILLED, {}, undefined, { kills: true }),
  4 * 3_600_000,
)

test(
  `and over ${KILLED} histories with deliveries too late for any fold, once the doctor has swept`,
  () => law(KILLED, {}, undefined, { stragglers: true }),
  4 * 3_600_000,
)
