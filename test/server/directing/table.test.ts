/** The live table: who paints, who stands still, who is gone, and how far apart a group flipped; clocks moved by hand. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Painted } from '../../../kpi/painted.ts'
import { startTable, type Table } from '../../../server/directing/table.ts'

const clock = { time: 0 }
let table: Table
beforeEach(() => {
  clock.time = 0
  table = startTable({ now: () => 1_000_000 + clock.time, watch: () => clock.time })
})

const painted = (more: Partial<Painted> = {}): Painted => ({
  ...{ page: 'page-a', board: 'country', pulse: 1, took: 12, width: 1920, height: 1080, ratio: 1, language: 'vi' },
  ...{ build: 'index-x', visible: true, busy: [0, 0], errors: 0 },
  ...more,
})
/** A second goes by, with a pulse told to every screen of the board. */
const beat = (board = 'country') => {
  clock.time += 1000
  table.told(board, clock.time)
}
const states = () => Object.fromEntries(table.states().map(({ id, state }) => [id, state]))

describe('a screen', () => {
  test('lives while it says what it paints, and how late it was heard', () => {
    beat()
    clock.time += 80
    table.painted('link', null, painted({ pulse: 1000 }))
    expect(table.states()).toEqual([
      {
        ...{ id: 'page:page-a', state: 'live', since: null, at: 1_001_080, latency: 80 },
        painted: painted({ pulse: 1000 }),
      },
    ])
  })

  test('that is told of pulses and paints none stands still within five seconds, since when it painted last', () => {
    table.painted('link', 'screen-1', painted())
    for (let i = 0; i < 4; i++) beat()
    expect(states()).toEqual({ 'screen-1': 'live' })
    beat()
    expect(table.states()).toMatchObject([{ id: 'screen-1', state: 'frozen', since: 1_000_000 }])
    table.painted('link', 'screen-1', painted({ pulse: 5000 }))
    expect(states()).toEqual({ 'screen-1': 'live' })
  })

  test('is not blamed for a server that says nothing, nor for pulses of another board', () => {
    table.painted('link', 'screen-1', painted())
    for (let i = 0; i < 9; i++) beat('settlement')
    expect(states()).toEqual({ 'screen-1': 'live' })
  })

  test('that cannot be seen says so itself', () => {
    table.painted('link', 'screen-1', painted({ visible: false }))
    for (let i = 0; i < 9; i++) beat()
    expect(states()).toEqual({ 'screen-1': 'hidden' })
  })

  test('that is let in and shows a sentence in place of a board is there, and says which', () => {
    table.joined('control', 'screen-1')
    expect(table.states()).toMatchObject([{ id: 'screen-1', state: 'starting', painted: null, at: null }])
    clock.time = 2000
    const text = { vi: 'không được phép', en: 'may not' }
    table.says('control', text)
    clock.time = 60_000
    expect(table.states()).toMatchObject([{ state: 'message', since: 1_002_000, message: text }])
    table.says('control', null)
    table.joined('board', 'screen-1')
    table.watching('board', 'country')
    table.painted('board', 'screen-1', painted())
    expect(states()).toEqual({ 'screen-1': 'live' })
    expect(table.states()[0]).not.toHaveProperty('message')
    // What it said goes with the connection by which it said so.
    table.says('control', text)
    table.left('control')
    expect(states()).toEqual({ 'screen-1': 'live' })
  })

  test('that begins to watch and never paints stands still after ten seconds of pulses', () => {
    table.joined('control', 'screen-1')
    table.joined('board', 'screen-1')
    table.watching('board', 'country')
    for (let i = 0; i < 10; i++) beat()
    expect(states()).toEqual({ 'screen-1': 'starting' })
    beat()
    expect(table.states()).toMatchObject([{ state: 'frozen', since: 1_000_000, painted: null }])
    table.painted('board', 'screen-1', painted())
    expect(states()).toEqual({ 'screen-1': 'live' })
  })

  test('that is let in and neither watches nor says anything stands still after half a minute', () => {
    table.joined('control', 'screen-1')
    clock.time = 30_000
    expect(states()).toEqual({ 'screen-1': 'starting' })
    clock.time = 30_001
    expect(states()).toEqual({ 'screen-1': 'frozen' })
  })

  test('that lost its board and kept its other line stands still; flipping to another board does not hide that it paints nothing', () => {
    table.joined('control', 'screen-1')
    table.joined('board', 'screen-1')
    table.watching('board', 'country')
    table.painted('board', 'screen-1', painted())
    table.left('board')
    clock.time = 30_001
    expect(states()).toEqual({ 'screen-1': 'frozen' })
    table.joined('next', 'screen-1')
    table.watching('next', 'settlement')
    beat('settlement')
    expect(states()).toEqual({ 'screen-1': 'frozen' })
  })

  test('is asked what it shows over the line by which it said what it painted, however many it has', () => {
    table.joined('board', 'screen-1')
    table.watching('board', 'country')
    table.joined('control', 'screen-1')
    expect(table.linkOf('screen-1')).toBe('board')
    table.painted('board', 'screen-1', painted())
    table.joined('next', 'screen-1')
    table.watching('next', 'settlement')
    expect(table.linkOf('screen-1')).toBe('board')
    table.left('board')
    expect(table.linkOf('screen-1')).toBe('next')
    expect(table.linkOf('nobody')).toBeNull()
  })

  test('that comes back is given the time to begin, whatever it painted before', () => {
    table.painted('board', 'screen-1', painted())
    table.left('board')
    clock.time = 100_000
    expect(states()).toEqual({ 'screen-1': 'lost' })
    table.joined('control', 'screen-1')
    table.joined('again', 'screen-1')
    table.watching('again', 'country')
    beat()
    expect(states()).toEqual({ 'screen-1': 'starting' })
  })

  test('that is gone is lost since then; one that comes back at once, by another connection, never was', () => {
    table.painted('link', 'screen-1', painted())
    clock.time = 5000
    table.left('link')
    clock.time = 7900
    expect(states()).toEqual({ 'screen-1': 'live' })
    clock.time = 8000
    expect(table.states()).toMatchObject([{ state: 'lost', since: 1_005_000 }])
    table.painted('other', 'screen-1', painted({ page: 'page-b' }))
    expect(states()).toEqual({ 'screen-1': 'live' })
    table.painted('third', 'screen-1', painted())
    table.left('other')
    clock.time = 20_000
    expect(states()).toEqual({ 'screen-1': 'live' })
  })

  test('that says more than anybody reads is looked at five times a second', () => {
    for (let i = 0; i < 100; i++) {
      table.painted('link', null, painted({ pulse: i }))
      clock.time += 10
    }
    expect(table.states()[0]?.painted?.pulse).toBe(80)
  })

  test('without a key is forgotten an hour after it left; a paired one is not', () => {
    table.painted('a', null, painted())
    table.painted('b', 'screen-1', painted())
    for (const link of ['a', 'b']) table.left(link)
    clock.time = 3_600_001
    expect(states()).toEqual({ 'screen-1': 'lost' })
    table.forget('screen-1')
    expect(states()).toEqual({})
  })

  test('a connection is of one page: one that names others crowds nobody out', () => {
    table.painted('a', 'screen-1', painted())
    for (let i = 0; i < 5200; i++) table.painted('b', null, painted({ page: `page-${i}`, flip: 9000 }))
    expect(Object.keys(states()).sort()).toEqual(['page:page-0', 'screen-1'])
    // Only of paired screens is it asked how far apart they flipped.
    expect(table.spread(new Set(['page:page-0']))).toBeNull()
  })

  test('the table holds no more than five thousand', () => {
    for (let i = 0; i < 5200; i++) table.painted(`link-${i}`, null, painted({ page: `page-${i}` }))
    const all = table.states()
    expect(all).toHaveLength(5000)
    expect(all[0]?.id).toBe('page:page-5199')
  })
})

test('the spread of a flip is from the first to the last that was heard to have painted it, with how many pulses', () => {
  const group = new Set(['screen-1', 'screen-2'])
  expect(table.spread(group)).toBeNull()
  table.painted('a', 'screen-1', painted({ flip: 9000, pulse: 9100 }))
  clock.time += 30
  table.painted('b', 'screen-2', painted({ flip: 9000, pulse: 9100 }))
  table.painted('c', 'screen-3', painted({ flip: 12_000, pulse: 12_500 }))
  clock.time += 500
  table.painted('b', 'screen-2', painted({ flip: 9000, pulse: 9100 }))
  expect(table.spread(group)).toEqual({ at: 9000, screens: 2, spread: 30, pulses: 1 })
})
