/** What the header says about everything below it. */
import { expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { HEALTH, NOW, picture, reading, slice } from '../../../client/gallery/readings.ts'
import { heed } from '../../../client/wall/heed.ts'
import type { Health } from '../../../kpi/wire.ts'

const real: Health = { ...HEALTH, sources: HEALTH.sources.map((source) => ({ ...source, backfill: null })) }

test('any simulated reading or source of a reading marks the whole screen; an unused simulated source does not', () => {
  const portal = reading(slice('filings/settled'), { sources: ['portal'] })
  expect(heed(picture([portal]), COUNTRY).simulated).toBe(false)
  expect(heed(picture([reading(slice('documents/sent'), { sources: ['exchange'] })]), COUNTRY).simulated).toBe(true)
  expect(heed(picture([{ ...portal, marks: ['simulated'] }]), COUNTRY).simulated).toBe(true)
})

test('the oldest value counts only where a new one is expected', () => {
  const live = reading(slice('documents/sent'), { asOf: NOW - 60_000, freshness: 'late' })
  const published = reading(slice('published/documents'), { asOf: 0 })
  expect(heed(picture([live, published]), COUNTRY)).toMatchObject({ oldest: NOW - 60_000, freshness: 'late' })
  expect(heed(picture([published]), COUNTRY)).toMatchObject({ oldest: null, freshness: 'fresh' })
})

test('healthy sources are counted, and history still to fetch is added up until none is left', () => {
  expect(heed(picture([]), COUNTRY)).toMatchObject({ up: 2, backfill: { done: 43, wanted: 60 } })
  expect(heed(picture([], real), COUNTRY).backfill).toBeNull()
})

test('sources nobody vouches for are counted apart, with when the collectors last spoke', () => {
  expect(heed(picture([]), COUNTRY)).toMatchObject({ up: 2, unknown: 0, spoke: NOW - 3000 })
  const quiet = real.sources.map((source) => ({ ...source, up: false, vouched: false, seen: NOW - 90_000 }))
  expect(heed(picture([], { ...real, sources: quiet }), COUNTRY)).toMatchObject({ unknown: 2, spoke: NOW - 90_000 })
  const draining = { ...real, sources: quiet, queue: { batches: 9, at: NOW - 1000 } }
  expect(heed(picture([], draining), COUNTRY)).toMatchObject({ unknown: 2, spoke: NOW - 1000 })
})
