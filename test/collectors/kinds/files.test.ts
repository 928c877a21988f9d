/** File sources on a real disk: taken once per content, taken again when changed, and what vanished is withdrawn. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { newCursor } from '../../../collectors/cursor.ts'
import { files } from '../../../collectors/kinds/files.ts'
import { matching } from '../../../collectors/kinds/folder.ts'
import type { Dimension } from '../../../kpi/dimension.ts'
import type { SourceOf } from '../../../kpi/source.ts'
import { catalogueOf, clockOf, collectorsOf, folderOf, logOf, sourceOf, standing, storeOf, UNIT } from '../rig.ts'
import { windows1258 } from './formats/read.ts'

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

/** A folder of drops: files go to done/ or refused/. */
const DROP = { path: 'thả/*.csv', done: 'xong', refused: 'lỗi' }

describe('what files are written in', () => {
  test('an encoding that was assumed is said once, with what it reads', async () => {
    const { write, start, stands, log } = rig()
    write('thả/a.csv', windows1258(HEAD + line('1')))
    const { step } = start()
    await step()
    await step()
    expect(stands()).toEqual(['nghe-an 1 taken'])
    expect(log.lines).toHaveLength(1)
    expect(log.lines[0]).toMatch(/^info documents\/2026: thả\/a\.csv: .*read as windows-1258: “.*Nghệ An/)
  })

  test('a day that only the name of the file says', async () => {
    const { write, start, stands } = rig({
      carry: { tep: '$file' },
      split: [
        { field: 'tep', at: '.', into: ['ten', 'duoi'] },
        { field: 'ten', at: ' ', into: ['loai', 'ngay'] },
      ],
      observations: [{ ...mapping, from: { field: 'ngay', format: 'yyyyMMdd' } }],
    })
    write('thả/báo-cáo 20261120.csv', `${HEAD}${line('5')}`)
    write('thả/báo-cáo 20261121.csv', `${HEAD}${line('6')}`)
    await start().step()
    expect(stands()).toEqual(['nghe-an 5 taken', 'nghe-an 6 taken'])
  })

  test('files of equal content that only their names tell apart are each taken, also where they are moved', async () => {
    const { write, start, stands, store } = rig({
      ...{ carry: { tep: '$file' }, done: 'done/' },
      split: [
        { field: 'tep', at: '.', into: ['ten', 'duoi'] },
        { field: 'ten', at: ' ', into: ['loai', 'ngay'] },
      ],
      observations: [{ ...mapping, from: { field: 'ngay', format: 'yyyyMMdd' } }],
    })
    const { step } = start()
    for (const day of ['20261120', '20261121']) {
      write(`thả/báo-cáo ${day}.csv`, `${HEAD}${line('0')}`)
      await step()
    }
    expect(stands()).toEqual(['nghe-an 0 taken', 'nghe-an 0 taken'])
    expect(new Set(store.observations().map(({ from }) => from)).size).toBe(2)
  })

  test('an SDMX message: periods, codes, a deletion that takes back', async () => {
    const time = { field: 'TIME_PERIOD' }
    const monthly = {
      ...{ indicator: 'interchange/sent', from: { ...time, format: 'sdmx' }, to: { ...time, format: 'sdmx-end' } },
      ...{ value: 'OBS_VALUE', withdrawn: 'WITHDRAWN', qualifier: { field: 'QUALIFIER' } },
      members: { unit: { field: 'REF_AREA', codes: 'qd19' } },
    }
    const { write, start, store, stands } = rig({ path: '*.csv', format: 'sdmx-csv', observations: [monthly] })
    const head = 'STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n'
    write('a.csv', `${head}dataflow,VN:F(1.0),R,40,2026-M09,1.5,E,3\ndataflow,VN:F(1.0),R,52,2026-09,NaN,M,3\n`)
    const { step } = start()
    await step()
    expect(stands()).toEqual(['nghe-an 1500 taken'])
    const [from, to] = ['2026-09-01', '2026-10-01'].map((day) => Date.parse(`${day}T00:00:00+07:00`))
    expect(store.observations()[0]).toMatchObject({ from, to, qualifier: 'about' })
    write('a.csv', `${head}dataflow,VN:F(1.0),D,40,2026-M09,-,,\n`)
    await step()
    expect(stands()).toEqual(['nghe-an 0 withdrawn'])
  })
})

describe('files that come', () => {
  test('a file is taken when it did not change between two looks', async () => {
    const { write, start, stands, in: folder } = rig({ ...DROP, arrival: 'two-looks' })
    const { step } = start()
    write('thả/a.csv', HEAD + line('1'))
    await step()
    expect(stands()).toEqual([])
    appendFileSync(join(folder, 'thả/a.csv'), line('2', '52'))
    await step()
    expect(stands()).toEqual([])
    await step()
    expect(stands()).toEqual(['gia-lai-2025 2 taken', 'nghe-an 1 taken'])
    expect(readdirSync(join(folder, 'xong'))).toEqual(['a.csv'])
    expect(readdirSync(join(folder, 'thả'))).toEqual([])
  })

  test('or when its marker stands beside it; hidden and passing names are never read', async () => {
    const { write, start, stands, log, in: folder } = rig({ ...DROP, arrival: { marker: '.done' } })
    const { step } = start()
    write('thả/a.csv', HEAD + line('1'))
    write('thả/.b.csv', HEAD + line('8'))
    write('thả/~$c.csv', HEAD + line('9'))
    await step()
    await step()
    expect(stands()).toEqual([])
    write('thả/a.csv.done', '')
    await step()
    expect(stands()).toEqual(['nghe-an 1 taken'])
    expect(readdirSync(join(folder, 'thả')).sort()).toEqual(['.b.csv', '~$c.csv'])
    expect(log.lines).toEqual([])
  })

  test('each content once, under whatever name; another under the same name is a statement of its own', async () => {
    const { write, start, store, stands, in: folder } = rig(DROP)
    const { step } = start()
    write('thả/a.csv', HEAD + line('1'))
    await step()
    write('thả/again.csv', HEAD + line('1'))
    await step()
    expect(store.observations()).toHaveLength(1)
    write('thả/a.csv', HEAD + line('2', '52'))
    await step()
    expect(stands()).toEqual(['gia-lai-2025 2 taken', 'nghe-an 1 taken'])
    expect(readdirSync(join(folder, 'xong')).map((name) => name.replace(/-[0-9a-f]{8}/, '-'))).toEqual([
      'a-.csv',
      'a.csv',
      'again.csv',
    ])
  })

  test('what took its place while it was read is not moved away unread', async () => {
    const { write, source, in: folder } = rig(DROP)
    const dropped = source as SourceOf<'files'>
    const look = async (replaced: boolean) => {
      await files.asks(dropped, newCursor(0), 0)
      if (replaced) write('thả/a.csv', HEAD + line('2', '52'))
      await files.settle?.(dropped, { group: 'thả/a.csv', window: null }, { same: true })
      return readdirSync(join(folder, 'thả'))
    }
    write('thả/a.csv', HEAD + line('1'))
    expect(await look(true)).toEqual(['a.csv'])
    expect(await look(false)).toEqual([])
  })

  test('links lead nowhere outside the folder, and what is no plain file is not opened', async () => {
    const { write, start, stands, log, in: folder } = rig({ path: 'thả/*.csv' })
    write('ngoài/secret.csv', HEAD + line('666'))
    write('thả/in.csv', HEAD + line('1'))
    symlinkSync(join(folder, 'ngoài/secret.csv'), join(folder, 'thả/a.csv'))
    symlinkSync('in.csv', join(folder, 'thả/z.csv'))
    execFileSync('mkfifo', [join(folder, 'thả/pipe.csv')])
    const { step } = start()
    await step()
    expect(stands()).toEqual(['nghe-an 1 taken'])
    expect(log.lines).toHaveLength(1)
    expect(log.lines[0]).toContain('thả/a.csv: it leads outside the folder')
  })
})

describe('wrong rows', () => {
  const BAD = `${HEAD}${line('1')}${line('=cmd()', '52')}interchange/sent,40\n${line('3', '40', '2026-11-21')}`

  test('are left out; a report beside the file names row, column, value, reason and remedy', async () => {
    const { write, start, stands, in: folder } = rig(DROP)
    write('thả/a.csv', BAD)
    await start().step()
    expect(stands()).toEqual(['nghe-an 1 taken', 'nghe-an 3 taken'])
    expect(readdirSync(join(folder, 'xong')).sort()).toEqual(['a.csv', 'a.csv.loi.csv'])
    const [head = '', first = '', second = ''] = readFileSync(join(folder, 'xong/a.csv.loi.csv'), 'utf8').split('\r\n')
    expect(head).toBe('\ufeffDòng,Cột,Giá trị,Lý do,Cách sửa,Reason,Remedy')
    expect(first).toMatch(/^3,value,'=cmd\(\),.*không phải là số.*is not a number/)
    expect(second).toMatch(/^4,.*dòng có 2 ô, tiêu đề có 5.*the row has 2 cells/)
  })

  test('refuse the whole file where that is declared: nothing of it is taken', async () => {
    const { write, start, store, log, in: folder } = rig({ ...DROP, 'bad-rows': 'refuse-file' })
    write('thả/a.csv', BAD)
    await start().step()
    expect(store.observations()).toEqual([])
    expect(readdirSync(join(folder, 'lỗi')).sort()).toEqual(['a.csv', 'a.csv.loi.csv'])
    expect(readFileSync(join(folder, 'lỗi/a.csv.loi.csv'), 'utf8')).toContain('2 dòng sai; nguồn này khai bad-rows')
    expect(log.lines[0]).toContain('thả/a.csv: 2 rows are wrong')
  })

  test('a file nothing of which can be read, and one that is none, are refused with a report', async () => {
    const { write, start, log, in: folder } = rig(DROP)
    write('thả/a.csv', 'sai,tên,cột\n1,2,3\n')
    write('thả/b.csv', '')
    const { step } = start()
    await step()
    expect(readdirSync(join(folder, 'lỗi')).sort()).toEqual(['a.csv', 'a.csv.loi.csv', 'b.csv', 'b.csv.loi.csv'])
    expect(readFileSync(join(folder, 'lỗi/a.csv.loi.csv'), 'utf8')).toContain('không dòng nào đọc được')
    expect(readFileSync(join(folder, 'lỗi/b.csv.loi.csv'), 'utf8')).toContain('tệp trống')
    write('thả/c.csv', HEAD + line('1'))
    await step()
    expect(log.lines.at(-1)).toContain('answers again')
  })

  test('in place, a refused file is read again only when it changes', async () => {
    const { write, start, log, stands, source } = rig({ 'bad-rows': 'refuse-file' })
    write('thả/a.csv', BAD)
    const { step } = start()
    for (let look = 0; look < 4; look++) await step()
    expect(log.lines).toHaveLength(1)
    expect(existsSync(join(source.folder, 'lỗi'))).toBe(false)
    write('thả/a.csv', HEAD + line('1'))
    await step()
    expect(stands()).toEqual(['nghe-an 1 taken'])
  })

  test('stated twice with different values, however far apart, is held', async () => {
    const { write, start, stands } = rig()
    const days = Array.from({ length: 2500 }, (_, i) => new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10))
    const all = days.map((day) => line('7', '52', day)).join('')
    write('thả/a.csv', HEAD + line('1') + all + line('2'))
    await start().step()
    const said = stands().filter((one) => one.startsWith('nghe-an'))
    expect(said).toEqual(['nghe-an 1 held'])
    expect(stands()).toHaveLength(days.length + 1)
  })
})

describe('whatever is dropped', () => {
  test('every row stands, is held, or is named in a report; nothing is lost, and nothing stops', async () => {
    const value = fc.oneof(
      fc.nat(9999).map(String),
      fc.constantFrom('99,82 %', '1.234,5', 'gần 2 triệu', 'n/a', '', '"', '-'),
    )
    const unit = fc.constantFrom('40', '52', '01', '', '40 ', 'Nghệ An')
    const day = fc.nat(300).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
    const rows = fc.uniqueArray(fc.tuple(unit, day, value), {
      selector: ([unit, day]) => `${unit.trim()} ${day}`,
      minLength: 1,
      maxLength: 12,
    })
    const sign = fc.constantFrom(',', ';', '\t')
    const mark = fc.constantFrom('', '\ufeff')
    const encoding = fc.constantFrom<BufferEncoding>('utf8', 'utf16le')
    const dropped = rig({ ...DROP, document: undefined })
    const { step } = dropped.start()
    let file = 0
    await fc.assert(
      fc.asyncProperty(rows, sign, mark, encoding, async (rows, sign, mark, encoding) => {
        const cells = [
          ['indicator', 'unit', 'from', 'value', 'quote'],
          ...rows.map(([unit, day, value]) => ['interchange/sent', unit, day, value, '']),
        ]
        const text = cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(sign)).join('\n')
        const name = `${file++}.csv`
        dropped.write(`thả/${name}`, Buffer.from((encoding === 'utf8' ? mark : '\ufeff') + text, encoding))
        const before = dropped.store.observations().length
        await step()
        const said = dropped.store.observations().length - before
        const place = ['xong', 'lỗi'].map((folder) => join(dropped.in, folder, `${name}.loi.csv`)).find(existsSync)
        const lines = place ? readFileSync(place, 'utf8').split('\r\n').slice(1, -1) : []
        const named = new Set(lines.map((one) => one.split(',')[0]).filter((row) => row !== ''))
        expect(said + named.size).toBe(rows.length)
      }),
      { seed: 6, numRuns: 25 },
    )
    expect(readdirSync(join(dropped.in, 'thả'))).toEqual([])
  })
})
