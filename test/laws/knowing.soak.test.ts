/** The law of knowledge over hundreds of histories. */
import { test } from 'vitest'
import { knowing } from './knowing.ts'

test('as known at any moment of 500 histories, the rows equal the naive model', () => knowing(500), 3_600_000)
