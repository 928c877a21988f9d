/** An answer whose rows are read in pieces: a million of them pass border, outbox and cursor, and only digests of them are held. */
import type { Text } from '../kpi/text.ts'
import { type Head, MOST, sha256 } from './batch.ts'
import { type Keyed, keyed, openBorder, statedTwice } from './border.ts'
import type { CollectContext, Collected } from './collect.ts'
import { advanced, type Cursor } from './cursor.ts'
import { openDigests } from './digests.ts'
import { diskWrong } from './disk.ts'
import { type Answer, type Ask, type Refusal, type RowStream, Unreadable } from './kinds/kind.ts'
import type { Statement } from './map.ts'
import type { Draft } from './outbox.ts'
import type { Refused } from './problems.ts'
import { digestsOf, stood, vanished, writeStanding } from './standing.ts'

/** The most refused rows an outcome shows; the others are counted, and kept among the problems. */
export const MOST_SHOWN = 1000
/** Rows looked at between two writes. */
const PIECE = 2000
/** The most things an answer may state twice with different values before it is no answer. */
const MOST_TWICE = 10_000

type Streamed = Extract<Answer, { readonly stream: RowStream }>

/** A statement that takes back what stood under a key. */
function takenBack(key: string, standing: string, source: string): Keyed {
  const [indicator, members, from, to] = JSON.parse(key) as [string, [string, string][], number, number]
  const statement: Statement = {
    ...{ indicator, source, members: Object.fromEntries(members), from, to, value: standing.split(' ')[1] ?? '0' },
    ...{ qualifier: 'exact', state: 'withdrawn', reason: '', stated: '', citation: '' },
  }
  return keyed(statement)
}

type RunHead = Omit<Head, 'part' | 'parts'>

/** Writes the batches of a run as its statements come; the last one, written last, tells how many there are. */
function openRun(draft: Draft, headOf: (said: string) => RunHead, received: number, most: number) {
  let head: RunHead | null = null
  let waiting: Keyed[] = []
  let [part, position] = [0, 0]
  function named(): RunHead {
    head ??= headOf(waiting.map((one) => `${one.key} ${one.standing}`).join('\n'))
    return head
  }
  async function write(parts: number) {
    const own = named()
    const { run } = own
    let lines = ''
    for (const { statement } of waiting) {
      // As the observation with its id, its moment and its run would be written.
      const said = JSON.stringify(statement)
      lines += `${said.slice(0, -1)},"id":"${run}.${position++}","received":${received},"run":"${run}"}\n`
    }
    waiting = []
    await draft.writeLines({ ...own, part: part++, parts }, lines)
  }
  return {
    /** The run's id; the first batch decides it, so it is asked for once that is full or nothing more comes. */
    id: () => named().run,
    /** All statements of one row. */
    async add(row: readonly Keyed[]) {
      if (row.length === 0) return
      if (waiting.length > 0 && waiting.length + row.length > most) await write(0)
      waiting.push(...row)
    },
    async end() {
      if (waiting.length > 0) await write(part + 1)
    },
  }
}

/** No piece larger than is looked at between two writes. */
async function* pieces(rows: AsyncIterable<readonly unknown[]>): AsyncGenerator<readonly unknown[]> {
  for await (const piece of rows) {
    for (let at = 0; at < piece.length; at += PIECE) yield piece.length <= PIECE ? piece : piece.slice(at, at + PIECE)
  }
}

const nothingReadable = {
  vi: 'không dòng nào đọc được thành số liệu; kiểm tra tên cột, dấu phân cách và cách viết số',
  en: 'no row of it could be read as a figure; check the names of columns, the delimiter and how numbers are written',
}
const badRows = (wrong: number): Text => ({
  vi: `${wrong} dòng sai; nguồn này khai bad-rows: refuse-file nên cả tệp không được nhận`,
  en: `${wrong} rows are wrong; this source declares bad-rows: refuse-file, so nothing of the file is taken`,
})
const twiceTooOften: Text = {
  vi: `nói hai lần khác nhau về hơn ${MOST_TWICE} điều; hãy kiểm tra khai báo members và thời gian`,
  en: `it states more than ${MOST_TWICE} things twice with different values; check members and time of the declaration`,
}

/** A sentence that names the group it is about. */
const named = ({ group }: Ask, wrong: Refusal): Refusal =>
  group === '' ? wrong : { ...wrong, wrong: { vi: `${group}: ${wrong.wrong.vi}`, en: `${group}: ${wrong.wrong.en}` } }

/** Bytes above which answers of all sources are read one after the other: each holds digests of all its keys. */
const LARGE = 8 * 1024 * 1024

/** Carries an answer that is read in pieces as far as the disk; one large answer at a time. */
export async function collectStream(
  ask: Ask,
  before: Cursor,
  answer: Streamed,
  context: CollectContext,
): Promise<Collected> {
  if (answer.bytes < LARGE) return collectPieces(ask, before, answer, context)
  const line = context.kept.get('large answers', () => ({ value: { last: Promise.resolve() as Promise<unknown> } }))
  const mine = line.last.then(() => collectPieces(ask, before, answer, context))
  line.last = mine.catch(() => {})
  return mine
}

async function collectPieces(ask: Ask, before: Cursor, answer: Streamed, context: CollectContext): Promise<Collected> {
  const { source, outbox, disk, folder, signal } = context
  const at = context.now()
  const received = Math.max(at, before.received + 1)
  const usual = await context.usual()
  const whole = source.kind === 'files' && source['bad-rows'] === 'refuse-file'
  const old = answer.kept ? await digestsOf(stood(disk, folder, source.id, before, ask.group)) : openDigests()
  const headOf = (said: string): RunHead => ({
    run: sha256(source.id, String(before.birth), String(before.turn), JSON.stringify(ask), answer.digest, said).slice(
      0,
      24,
    ),
    ...{ source: source.id, turn: { birth: before.birth, number: before.turn }, group: ask.group, window: ask.window },
    ...{ digest: answer.digest, streamed: { kept: answer.kept } },
  })

  /** One reading of all rows. `twice`: what an earlier reading found stated twice with different values. */
  async function read(twice: ReadonlyMap<string, string>) {
    const inspect = openBorder(ask.window, source, context.catalogue, at, usual)
    const run = openRun(draft, headOf, received, context.most ?? MOST)
    const said = openDigests()
    const again = new Map<string, string>()
    const shown: Refused[] = []
    let [rows, wrong, held, full] = [0, 0, 0, false]

    /** The statement as it is to be said; null when it was said before. */
    function noted(statement: Statement, row: number): Keyed | null {
      const first = keyed(statement, row)
      const other = twice.get(first.key)
      const own = other === undefined ? first : keyed(statedTwice(statement, other), row)
      const before = other !== undefined && said.has(own.key) ? 'same' : said.note(own.key, own.standing)
      if (before === 'other') again.set(own.key, statement.value)
      if (before !== 'new') return null
      if (answer.kept) full = standing.add([own.key, own.standing]) || full
      return old.says(own.key, own.standing) ? null : own
    }

    for await (const piece of pieces(answer.stream())) {
      if (signal.aborted) break
      const refused: Refused[] = []
      const checked: Keyed[][] = []
      for (const row of piece) {
        rows += 1
        const inspected = inspect(row, rows)
        if (inspected.refused.length > 0) wrong += 1
        refused.push(...inspected.refused)
        const news: Keyed[] = []
        for (const statement of inspected.statements) {
          if (statement.state === 'held') held += 1
          const own = noted(statement, inspected.at)
          if (own) news.push(own)
        }
        checked.push(news)
        if (full) await standing.flush()
        full = false
        if (!(whole && wrong > 0) && news.length > 0) await run.add(news)
      }
      if (twice.size === 0) await context.problems.keep(refused, at)
      context.told?.({ rows: checked, refused })
      shown.push(...refused.slice(0, MOST_SHOWN - shown.length))
      if (again.size > MOST_TWICE) break
      await usual?.save(at)
    }
    return { run, said, again, rows, wrong, held, shown }
  }

  let [draft, standing] = [outbox.draft(), writeStanding(disk, folder, source.id, ask.group)]
  async function drop() {
    await draft.drop()
    await standing.drop().catch(() => {})
  }
  try {
    let reading = await read(new Map())
    if (reading.again.size > 0 && reading.again.size <= MOST_TWICE && !signal.aborted) {
      await drop()
      ;[draft, standing] = [outbox.draft(), writeStanding(disk, folder, source.id, ask.group)]
      reading = await read(reading.again)
    }
    const { run, said, rows, wrong, held, shown } = reading
    const refusal =
      reading.again.size > MOST_TWICE
        ? twiceTooOften
        : rows > 0 && wrong === rows && said.size() === 0
          ? nothingReadable
          : whole && wrong > 0
            ? badRows(wrong)
            : null
    if (refusal !== null || signal.aborted) {
      await drop()
      return named(ask, refusal ? { wrong: refusal, refused: shown } : { wrong: { vi: 'đã dừng', en: 'stopped' } })
    }
    if (answer.kept) {
      for await (const [key, stoodAs] of vanished(disk, folder, source.id, before, ask.group, said))
        await run.add([takenBack(key, stoodAs, source.id)])
      await standing.finish(run.id())
    }
    await run.end()
    await usual?.save(at)
    const release = draft.finish()
    const cursor = advanced(before, ask.group, answer.kept ? run.id() : '', answer.digest, received)
    return {
      cursor,
      release,
      refused: wrong,
      outcome: { taken: true, rows, wrong, held, refused: shown, bytes: answer.bytes, notes: answer.notes ?? [] },
    }
  } catch (cause) {
    await drop()
    return cause instanceof Unreadable ? named(ask, cause.answer()) : diskWrong(cause)
  }
}
