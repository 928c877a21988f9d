/** Mutated bodies of every format by the hundred thousand (`BODIES`, `SEED`). */
import { expect, test } from 'vitest'
import { readMutated } from './bodies.ts'

test('no body of any format throws, hangs or becomes what nobody said', async () => {
  const runs = Number(process.env.BODIES ?? 200_000)
  await readMutated(runs, Number(process.env.SEED ?? 1))
  expect(runs).toBeGreaterThan(0)
}, 3_600_000)
