/** The law of the fold over thousands of histories; `HISTORIES` of them, from `SEED` on. */
import { test } from 'vitest'
import { law } from './walk.ts'

const HISTORIES = Number(process.env.HISTORIES ?? 2000)

test(
  `folded minute, hour and day equal the naive model over ${HISTORIES} histories`,
  () => law(HISTORIES),
  4 * 3_600_000,
)
