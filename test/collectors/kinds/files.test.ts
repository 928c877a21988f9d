/** File sources on a real disk: taken once per content, taken again when changed, and what vanished is withdrawn. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { matching } from '../../../collectors/kinds/folder.ts'
import type { Dimension } from '../../../kpi/dimension.ts'
import { catalogueOf, clockOf, collectorsOf, folderOf, logOf, sourceOf, standing, storeOf, UNIT } from '../rig.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

const mapping = {
  indicator: { field: 'indicator' },
  from: { field: 'from', format: 'yyyy-MM-dd' },
  span: '1d',
  value: 'value',
  numbers: 'vi',
  members: { unit: { field: 'unit', codes: 'qd19' } },
  citation: { field: 'quote' },
}
const HEAD = 'indicator,unit,from,value,quote\n'
const line = (value: string, unit = '40', day = '2026-11-20', indicator = 'interchange/sent') =>
  `${indicator},${unit},${day},"${value}","Văn bản Nghệ An gửi: ${value}"\n`

function rig(more: Record<string, unknown> = {}) {
  const made = folderOf()
  undo.push(made.remove)
  const [store, log, clock] = [storeOf(), logOf(), clockOf('2026-11-22T10:00:00+07:00')]
  const write = (path: string, text: string | Buffer) => {
    mkdirSync(dirname(join(made.path, 'in', path)), { recursive: true })
    writeFileSync(join(made.path, 'in', path), text)
  }
  const source = sourceOf(
    { kind: 'files', path: 'thả/*.csv', every: '*/30 * * * * *', arrival: 'at-once', observations: [mapping], ...more },
    join(made.path, 'in'),
    'documents/2026',
  )
  const start = (catalogue = catalogueOf(source)) => {
    const collectors = collectorsOf({
      catalogue,
      folder: join(made.path, 'state'),
      deliver: store.deliver,
      now: clock.now,
      log,
    })
    undo.push(() => collectors.stop())
    const step = async () => {
      await collectors.tick()
      await collectors.idle()
      clock.move(30_000)
    }
    return { collectors, step }
  }
  const stands = () =>
    [...standing(store.observations()).values()].map((one) => `${one.members.unit} ${one.value} ${one.state}`).sort()
  return { write, start, store, log, stands, source, in: join(made.path, 'in') }
}

describe('taking files', () => {
  test('once per content, with wording and citation; never again after a restart', async () => {
    const { write, start, store, stands } = rig({
      document: { file: '003.txt', publisher: { vi: 'Cổng', en: 'Portal' } },
    })
    write('thả/a.csv', `\ufeff${HEAD}${line('gần 1,25 triệu')}${line('13.681', '52')}`)
    const first = start()
    await first.step()
    await first.step()
    expect(stands()).toEqual(['gia-lai-2025 13681 taken', 'nghe-an 1250000 taken'])
    expect(store.observations()).toHaveLength(2)
    expect(store.observations()[0]).toMatchObject({
      qualifier: 'about',
      citation: '003.txt: Văn bản Nghệ An gửi: gần 1,25 triệu',
    })
    await first.collectors.stop()
    await start().step()
    expect(store.observations()).toHaveLength(2)
  })

  test('a changed file brings new versions of what changed and withdraws what vanished', async () => {
    const { write, start, store, stands } = rig()
    write('thả/a.csv', HEAD + line('1') + line('2', '52') + line('3', '40', '2026-11-21'))
    const { step } = start()
    await step()
    write('thả/a.csv', HEAD + line('1') + line('5', '52'))
    await step()
    expect(store.observations()).toHaveLength(5)
    expect(stands()).toEqual(['gia-lai-2025 5 taken', 'nghe-an 1 taken', 'nghe-an 3 withdrawn'])
    write('thả/a.csv', HEAD + line('1') + line('5', '52') + line('3', '40', '2026-11-21'))
    await step()
    expect(stands()).toEqual(['gia-lai-2025 5 taken', 'nghe-an 1 taken', 'nghe-an 3 taken'])
  })

  test('what another file still says is not withdrawn', async () => {
    const { write, start, stands } = rig()
    write('thả/a.csv', HEAD + line('1') + line('2', '52'))
    write('thả/b.csv', HEAD + line('1'))
    const { step } = start()
    await step()
    write('thả/a.csv', HEAD + line('2', '52'))
    await step()
    expect(stands()).toEqual(['gia-lai-2025 2 taken', 'nghe-an 1 taken'])
  })

  test('new files and JSON lines are taken; a removed file takes nothing back', async () => {
    const { write, start, stands, in: folder } = rig({ path: '*/dữ-liệu.jsonl', format: 'jsonl' })
    const row = { indicator: 'interchange/sent', unit: '40', from: '2026-11-20', value: '1', quote: '' }
    write('một/dữ-liệu.jsonl', `${JSON.stringify(row)}\n`)
    const { step } = start()
    await step()
    write('hai/dữ-liệu.jsonl', `${JSON.stringify({ ...row, unit: '52', value: 7 })}\n\n`)
    await step()
    rmSync(join(folder, 'một'), { recursive: true })
    await step()
    expect(stands()).toEqual(['gia-lai-2025 7 taken', 'nghe-an 1 taken'])
  })

  test('a member declared later takes what was held under its code', async () => {
    const { write, start, stands, source } = rig()
    write('thả/a.csv', HEAD + line('9', '01'))
    const first = start()
    await first.step()
    expect(stands()).toEqual(['unknown/qd19/01 9 held'])
    await first.collectors.stop()
    const haNoi = { id: 'ha-noi', name: { vi: 'Hà Nội', en: 'Ha Noi' }, codes: [{ system: 'qd19', code: '01' }] }
    const unit: Dimension = {
      ...UNIT,
      members: new Map([...UNIT.members, ['ha-noi', { ...haNoi, parents: [], successors: [] }]]),
    }
    await start({ ...catalogueOf(source), dimensions: new Map([['unit', unit]]) }).step()
    expect(stands()).toEqual(['ha-noi 9 taken', 'unknown/qd19/01 9 withdrawn'])
  })
})

describe('bad files', () => {
  test('one bad file is named and does not stop the others', async () => {
    const { write, start, log, stands, store } = rig()
    write('thả/a.csv', `${HEAD}một,hai\n`)
    write('thả/b.csv', Buffer.from([0x61, 0xff, 0xfe]))
    write('thả/c.csv', HEAD + line('1'))
    const { step } = start()
    await step()
    await step()
    expect(stands()).toEqual(['nghe-an 1 taken'])
    expect(log.lines).toHaveLength(1)
    expect(log.lines[0]).toContain('thả/a.csv')
    const done = store.batches.flatMap((b) => b.observations).filter((o) => o.indicator === 'system/windows-done')
    expect(done.at(-1)?.value).toBe('1')
  })

  test('no file at all is a sentence, until one comes', async () => {
    const { write, start, log, stands } = rig()
    const { step } = start()
    await step()
    expect(log.lines[0]).toContain('no file matches thả/*.csv')
    write('thả/a.csv', HEAD + line('1'))
    await step()
    expect(stands()).toEqual(['nghe-an 1 taken'])
    expect(log.lines).toHaveLength(2)
  })

  test('a star stands for any name in its place, whatever the Unicode form', async () => {
    const { write, in: folder } = rig()
    for (const name of ['a/x.csv', 'a/y.txt', 'b/x.csv', 'b/c/x.csv', 'Đà Nẵng'.normalize('NFD').concat('/x.csv')])
      write(name, '')
    expect(await matching(folder, '*/x.csv')).toHaveLength(3)
    expect(await matching(folder, 'Đ*/*.csv')).toHaveLength(1)
    expect(await matching(folder, 'a/x.csv')).toEqual(['a/x.csv'])
    expect(await matching(folder, 'c/*.csv')).toEqual([])
  })
})
