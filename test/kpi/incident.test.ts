/** The life of an incident from its journal: taken, promised, told above, closed by a person and not opened again before it was over, gone over into another cause. */
import { expect, test } from 'vitest'
import { type Entry, type Incident, incidentId, incidentOf, lifeOf, type Standing } from '../../kpi/incident.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { turn } from '../../kpi/turn.ts'
import { ruleOf } from '../support/rule.ts'

const BEGUN = 1_000_000
const RULE = ruleOf({ when: { below: 80 }, roles: ['duty'], escalate: { after: '30m', roles: ['leader'] } })
const standing = (units: readonly string[]): Standing => ({
  ...{ cause: 'r', rule: 'r', title: RULE.title, action: RULE.action, severity: 'warning', source: null },
  ...{ more: 0, contributions: null, simulated: false },
  points: units.map((unit) => ({
    ...{ rule: 'r', indicator: 'r', key: { unit }, members: { unit }, began: BEGUN, measured: '70', limit: '80' },
  })),
})

/** A journal that turns and people write in, at moments after its beginning. */
function journal() {
  const entries: Entry[] = []
  const life = (): Incident | null =>
    lifeOf(entries.filter(({ number }) => number === Math.max(...entries.map((one) => one.number))))
  return {
    life,
    entries,
    act(after: number, kind: Entry['kind'], said: Entry['said'] = {}, by = 'truc-ban') {
      const number = life()?.number ?? 1
      entries.push({ cause: 'r', number, id: `${kind}-${after}`, kind, at: BEGUN + after, by, said })
    },
    turn(
      after: number,
      units: readonly string[] | null,
      moved: readonly (readonly [string, string])[] = [],
    ): readonly string[] {
      const now = BEGUN + after
      const known = life()
      const said = turn({
        newest: new Map(known ? [['r', known]] : []),
        standing: new Map(units ? [['r', standing(units)]] : []),
        moved: new Map(moved),
        rules: new Map([['r', RULE]]),
        ...{ pulse: now, now },
      })
      entries.push(...said)
      return said.map(({ kind, number }) => `${kind} ${number}`)
    },
  }
}

test('nobody takes it: those above are told once; taken and promised, they are told again when the promise is late', () => {
  const it = journal()
  expect(it.turn(0, ['hue'])).toEqual(['opened 1'])
  expect(it.turn(29 * MINUTE, ['hue'])).toEqual([])
  expect(it.turn(30 * MINUTE, ['hue'])).toEqual(['escalated 1'])
  expect(it.turn(31 * MINUTE, ['hue'])).toEqual([])
  it.act(40 * MINUTE, 'acknowledged', { note: 'gọi rồi', due: BEGUN + 2 * HOUR })
  expect(it.turn(HOUR, ['hue'])).toEqual([])
  expect(it.turn(2 * HOUR + 1, ['hue'])).toEqual(['escalated 1'])
  expect(it.turn(3 * HOUR, ['hue'])).toEqual([])
  expect(it.life()).toMatchObject({
    acknowledged: { by: 'truc-ban', note: 'gọi rồi' },
    escalated: { why: 'due', roles: ['leader'] },
  })
})

test('points join and leave: a change each; who took it before sees that it grew', () => {
  const it = journal()
  it.turn(0, ['hue'])
  it.act(MINUTE, 'acknowledged')
  expect(it.turn(2 * MINUTE, ['hue', 'ha-noi'])).toEqual(['changed 1'])
  expect(it.turn(3 * MINUTE, ['hue', 'ha-noi'])).toEqual([])
  expect(it.life()?.grew).toBe(BEGUN + 2 * MINUTE)
  expect(it.turn(4 * MINUTE, ['ha-noi'])).toEqual(['changed 1'])
  expect(it.life()).toMatchObject({ grew: BEGUN + 2 * MINUTE, ever: 2, changes: 2 })
})

test('over, it closes by itself and the next is another; closed by a person it stays closed until it was over', () => {
  const it = journal()
  it.turn(0, ['hue'])
  expect(it.turn(MINUTE, null)).toEqual(['closed 1'])
  expect(it.life()?.ended).toEqual({ by: '', reason: 'over' })
  expect(it.turn(2 * MINUTE, ['hue'])).toEqual(['opened 2'])
  it.act(3 * MINUTE, 'closed', { reason: 'đang sửa' })
  expect(it.turn(4 * MINUTE, ['hue'])).toEqual([])
  expect(it.turn(5 * MINUTE, null)).toEqual(['over 2'])
  expect(it.turn(6 * MINUTE, null)).toEqual([])
  expect(it.turn(7 * MINUTE, ['hue'])).toEqual(['opened 3'])
})

test('what went over into another cause says into which; a drill is closed by people only', () => {
  const it = journal()
  it.turn(0, ['hue'])
  it.turn(MINUTE, null, [['r', 'source@axis']])
  expect(it.life()?.ended?.reason).toBe('joined source@axis')
  const drill = journal()
  drill.entries.push({
    cause: 'r',
    number: 1,
    id: 'opened',
    kind: 'opened',
    at: BEGUN,
    by: 'x',
    said: { standing: { ...standing([]), rule: '' }, drill: true },
  })
  expect(drill.turn(HOUR, null)).toEqual([])
  drill.act(2 * HOUR, 'closed', { reason: 'xong' })
  expect(drill.life()).toMatchObject({ state: 'closed', drill: true, muted: false })
})

test('the name of an incident says its cause and number, and reads back', () => {
  expect(incidentOf(incidentId('source@demo/portal', 3))).toEqual({ cause: 'source@demo/portal', number: 3 })
  expect(incidentOf('nonsense')).toBeNull()
})
