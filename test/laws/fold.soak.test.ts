/** The law of the fold over thousands of histories. */
import { test } from 'vitest'
import { law } from './walk.ts'

test('folded minute, hour and day equal the naive model over 2,000 histories', () => law(2000), 3_600_000)
