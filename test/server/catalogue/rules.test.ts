/** Rules, planned silences and roles: what cannot be meant is said with its place and remedy. */
import { expect, test } from 'vitest'
import { lines, loadWith } from './folder.ts'

const head = `title: { vi: Thấp, en: Low }
action: { vi: gọi, en: call }
`
const rule = (text: string) => lines(loadWith({ 'rules/low.yaml': head + text }))
const place = 'dashboards/rules/low.yaml'

test('a sound rule, silence and role are joined', () => {
  const { catalogue, problems } = loadWith({
    'rules/low.yaml': `${head}slice: { indicator: documents/share, by: [unit] }\nwhen: { status: critical }\nfor: 15m\nroles: [duty]\n`,
    'roles/duty.yaml': `title: { vi: Trực, en: Duty }\nways: [{ kind: mail, to: "\${AXIS_URL}" }]\n`,
    'silences/night.yaml':
      'title: { vi: Đêm, en: Night }\nsources: [axis]\nevery: { days: [sun], hours: "22:00-02:00" }\n',
  })
  expect(problems).toEqual([])
  expect(catalogue.rules?.get('low')).toMatchObject({
    id: 'low',
    severity: 'warning',
    on: true,
    for: '15m',
    each: false,
  })
  expect([catalogue.roles?.size, catalogue.silences?.size]).toEqual([1, 1])
})

test('a rule names what exists, has one condition, and one its indicator can meet', () => {
  expect(rule('slice: { indicator: documents/shared }\nwhen: { below: 80 }\n')).toEqual([
    `${place}:3:21 slice.indicator: there is no indicator documents/shared; did you mean documents/share?`,
  ])
  expect(rule('slice: { indicator: documents/share }\nwhen: { below: 80, above: 90 }\n').join()).toContain(
    'exactly one of above, below',
  )
  expect(rule('when: { below: 80 }\n').join()).toContain('give slice, or when: { silent: true }')
  expect(rule('slice: { indicator: documents/received }\nwhen: { status: warning }\n')).toEqual([
    `${place}:4:17 when.status: documents/received declares no limits and better, so there is nothing to compare with`,
  ])
  expect(rule('slice: { indicator: documents/share }\nwhen: { below: 120 }\n').join()).toContain(
    '120 is no percentage from 0 to 100',
  )
  expect(rule('slice: { indicator: documents/received }\nwhen: { age: stale }\n').join()).toContain(
    'declares no rhythm',
  )
  expect(rule('slice: { indicator: documents/sent }\nwhen: { age: stale }\n').join()).toContain(
    'use window: 60m, 24h or latest',
  )
  expect(rule('slice: { indicator: documents/sent }\nwhen: { identity: broken }\n').join()).toContain(
    'no source states documents/sent by value: { gap',
  )
  expect(rule('slice: { indicator: documents/share }\nwhen: { below: 80 }\nroles: [duti]\n').join()).toContain(
    'there is no role duti',
  )
  expect(rule('slice: { indicator: documents/share }\nwhen: { below: 80 }\neach: true\n').join()).toContain(
    'each needs by',
  )
})

test('a silence is about something at some time; roles do not pass on in a circle', () => {
  const silence = (text: string) =>
    lines(loadWith({ 'silences/s.yaml': `title: { vi: x, en: x }\n${text}` })).join('\n')
  expect(silence('from: 2026-11-28\nto: 2026-11-29\n')).toContain('give at least one of sources, units and indicators')
  expect(silence('sources: [axis]\n')).toContain('give from and to, or every, or both')
  expect(silence('sources: [axis]\nfrom: 2026-11-29\nto: 2026-11-28\n')).toContain(
    'to 2026-11-28 is not after from 2026-11-29',
  )
  expect(silence('sources: [axes]\nfrom: 2026-11-28\nto: 2026-11-29\n')).toContain('there is no source axes')
  const role = (next: string) => `title: { vi: x, en: x }\notherwise: ${next}\n`
  expect(lines(loadWith({ 'roles/a.yaml': role('b'), 'roles/b.yaml': role('a') })).join()).toContain(
    'the roles pass on in a circle: a → b → a',
  )
})
