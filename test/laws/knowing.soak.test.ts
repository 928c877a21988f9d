/** The law of knowledge over hundreds of histories; `HISTORIES` of them, from `SEED` on. */
import { test } from 'vitest'
import { knowing } from './knowing.ts'

const HISTORIES = Number(process.env.HISTORIES ?? 500)

test(
  `as known at any moment of ${HISTORIES} histories, the rows equal the naive model`,
  () => knowing(HISTORIES, { every: true }),
  4 * 3_600_000,
)
