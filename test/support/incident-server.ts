/** A server of incidents in a process of its own, to be killed: it judges one rule, sends what is owed and takes acts, and asks before and after everything it writes down. */
import type { Act } from '../../kpi/act.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { RoleFile } from '../../kpi/role.ts'
import { startIncidents } from '../../server/incidents/start.ts'
import { connect, type Store } from '../../server/store/connect.ts'
import { projectCatalogue } from './declared.ts'
import { ruleOf } from './rule.ts'

export interface Given {
  readonly url: string
  readonly hook: string
  /** How far its clock is ahead of the machine's, milliseconds. */
  readonly ahead: number
}
/** What it says: it has come to a step and waits to go on, or an act was answered. */
export type Said = { readonly step: string } | { readonly answered: true }

const given = JSON.parse(process.argv[2] ?? '{}') as Given
const now = () => Date.now() + given.ahead
const store = connect({ url: given.url, now })
let goOn = () => {}
const acts: Act[] = []

function step(name: string): Promise<void> {
  return new Promise((go) => {
    goOn = go
    process.send?.({ step: name } satisfies Said)
  })
}
process.on('message', (heard: { readonly go?: true; readonly act?: Act }) => {
  if (heard.go) goOn()
  if (heard.act) acts.push(heard.act)
})
process.on('disconnect', () => process.exit(0))

const asking: Store = {
  ...store,
  async insert(table, rows, token, how) {
    if (table !== 'journal') return store.insert(table, rows, token, how)
    const kinds = rows.map((row) => (row as { readonly kind: string }).kind).join(' ')
    await step(`before ${kinds}`)
    await store.insert(table, rows, token, how)
    await step(`after ${kinds}`)
  },
}

const duty = RoleFile.parse({
  ...{ title: { vi: 'Trực ban', en: 'Duty' }, simulated: true },
  ways: [{ kind: 'webhook', url: given.hook, secret: 'a-secret-of-sixteen' }],
})
const rule = ruleOf(
  {
    slice: { indicator: 'interchange/sent', window: 'today' },
    when: { above: 10 },
    for: '0s',
    severity: 'critical',
    roles: ['duty'],
  },
  'busy',
)
const catalogue: Catalogue = {
  ...projectCatalogue(),
  rules: new Map([['busy', rule]]),
  roles: new Map([['duty', { ...duty, id: 'duty' }]]),
}
const incidents = startIncidents({
  ...{ store: asking, catalogue, watchedElsewhere: () => undefined },
  log: { info: () => {}, warn: () => {}, error: () => {} },
})
for (;;) {
  await incidents.beat()
  await incidents.send()
  const act = acts.shift()
  if (act) {
    await incidents.act(act, 'truc-ban')
    process.send?.({ answered: true } satisfies Said)
  }
  await new Promise((go) => setTimeout(go, 20))
}
