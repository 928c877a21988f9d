/** Every shipped board in every state of data, both languages, at every size: nothing overlaps, is cut or scrolls. */
import { describe, expect, test } from 'vitest'
import { SHIPPED_STATES } from '../../client/gallery/shipped.ts'
import { faultsOf } from '../support/look.ts'
import { BOARDS, openShipped, STANDING } from '../support/shipped.ts'
import { weekOf } from './week.ts'

const SIZES = [
  { width: 1920, height: 1080, wall: true },
  { width: 3840, height: 2160, wall: true },
  { width: 7680, height: 2160, wall: true },
  { width: 1024, height: 768, wall: false },
  { width: 390, height: 844, wall: false },
] as const
const shipped = openShipped()

describe.each(SIZES)('at $width × $height', (size) => {
  test.each(BOARDS.map(({ id, layout }) => ({ id, scrolls: !size.wall || layout === 'page' })))(
    '$id in every state and language: nothing overlaps, is cut or scrolls',
    async ({ id, scrolls }) => {
      for (const state of SHIPPED_STATES)
        for (const lang of ['vi', 'en'])
          await shipped.look(`shipped=${id}&state=${state}&lang=${lang}`, size, async (page) =>
            expect([state, lang, await faultsOf(page, 0, scrolls)]).toEqual([state, lang, []]),
          )
    },
    300_000,
  )
})

describe('what a week leaves on a panel', () => weekOf(shipped, [...STANDING]))
