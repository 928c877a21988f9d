/** A source tried out: what is shown is what the border would take and hold, jumps and contradictions too, and nothing of it is written. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { disk } from '../../collectors/disk.ts'
import { trySource } from '../../collectors/try.ts'
import { openUsual } from '../../collectors/usual.ts'
import { DAY, MINUTE } from '../../kpi/range.ts'
import type { AskedSource } from '../../kpi/source.ts'
import { catalogueOf, folderOf, indicator, sourceOf } from './rig.ts'

const made: ReturnType<typeof folderOf>[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.remove()
})

test('what would be held is shown as held: a jump beside what the collectors heard before, and what is stated twice', async () => {
  const folder = folderOf()
  made.push(folder)
  const declared = sourceOf({ kind: 'files', path: 'a.csv' }, folder.path)
  const sent = indicator('interchange/sent', { plausible: { min: 0, jump: { times: 5, least: 10 } } })
  const plain = catalogueOf(declared)
  const catalogue = { ...plain, indicators: new Map([...plain.indicators, [sent.id, sent]]) }
  const at = Date.parse('2026-11-20T10:00:00+07:00')
  const usual = await openUsual(disk, folder.path, declared, catalogue)
  for (const back of [1, 2, 3])
    usual?.note(
      {
        ...{ indicator: sent.id, source: declared.id, members: { unit: 'nghe-an' }, value: '100', state: 'taken' },
        ...{ from: at - back * DAY, to: at - back * DAY + 5 * MINUTE, qualifier: 'exact' },
        ...{ reason: '', stated: '', citation: '' },
      },
      sent,
    )
  await usual?.save(at, true)
  const code = '000.00.00.H41'
  writeFileSync(
    join(folder.path, 'a.csv'),
    `period;h_code;sent;received
20261120100000;${code};900;1
20261120100500;${code};120;1
20261120100500;${code};120;1
20261120100500;${code};120;2
20261120101000;${code};x;3
`,
  )
  const before = readdirSync(folder.path, { recursive: true }).sort()
  const tried = await trySource(
    declared as AskedSource,
    catalogue,
    () => at + DAY,
    null,
    await openUsual(disk, folder.path, declared, catalogue),
  )
  expect(tried).toMatchObject({ fetched: 5, refused: 1, states: { taken: 3, held: 2 }, wrong: null })
  expect(tried.held.map(({ value, reason }) => `${value}: ${reason}`)).toEqual([
    '900: jump 900 usual 100 days 3 times 5',
    '1: stated-twice 1 2',
  ])
  expect(tried.statements.map(({ value }) => value)).toEqual(['1', '120', '3'])
  expect(readdirSync(folder.path, { recursive: true }).sort(), 'nothing was written').toEqual(before)
})
