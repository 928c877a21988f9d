/** The care of the store from the command line: `npm run backup | restore | doctor | held | source | incident`. One sentence for what goes wrong, with its remedy. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { newCursor } from '../../collectors/cursor.ts'
import { disk } from '../../collectors/disk.ts'
import { inspect } from '../../collectors/inspect.ts'
import { kindOf } from '../../collectors/kinds/index.ts'
import { openProblemLog } from '../../collectors/problem-log.ts'
import { cursorOf, lacking, leaveRequest, requestOf } from '../../collectors/requests.ts'
import { trySource } from '../../collectors/try.ts'
import { openUsual } from '../../collectors/usual.ts'
import { DAY } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { loadCatalogue } from '../catalogue/load.ts'
import { openMemory } from '../catalogue/memory.ts'
import { problemLine } from '../catalogue/report.ts'
import { incident } from '../incidents/command.ts'
import { chain, complain, say, startProgress } from '../log.ts'
import { BAD_CONFIGURATION, readSettings, type Settings, variable } from '../settings.ts'
import { isAnswer } from '../store/connect.ts'
import { LAST_MIGRATION } from '../store/migrate.ts'
import { isRefusal } from '../store/open.ts'
import { UNDECLARED } from '../store/own.ts'
import { checkWhole, stateOf } from '../store/state.ts'
import { flagsOf, folderOf, heldOf } from './args.ts'
import { backUp } from './backup.ts'
import { examine } from './doctor.ts'
import { table } from './finding.ts'
import { decideHeld, type House, lines, listHeld } from './held.ts'
import { queueFindings } from './queue.ts'
import { type Reached, reach } from './reach.ts'
import { restore } from './restore.ts'
import { source } from './source.ts'
import { NO_TABLES, OLDER_TABLES, Unable } from './unable.ts'
import { addressOf, countryOf, keyOf } from './where.ts'

interface Task {
  readonly settings: Settings
  readonly args: readonly string[]
  readonly tell: (text: Text) => void
}

/** The folders of those who ask and of those who are pushed to. */
const QUEUES = ['collect', 'intake'] as const

/** The most problems `source -- problems` shows. */
const PROBLEMS = 50

/** What each command does; it answers the exit code. */
const COMMANDS: Readonly<Record<string, (task: Task) => Promise<number>>> = {
  async backup({ settings, args, tell }) {
    const folder = folderOf(args, 'to')
    return withStore(settings, false, async ({ store, by }) => {
      const wait = async (ms: number) => void (await pause(ms))
      await backUp({ store, folder, alone: by === 'own', wait, tell })
      return 0
    })
  },
  async restore({ settings, args, tell }) {
    const folder = folderOf(args, 'from')
    const catalogue = catalogueOf(settings)
    return withStore(settings, true, async ({ store, by }) => {
      if (by === 'house') throw new Unable(RUNNING)
      await restore({ store, folder, catalogue, tell })
      return 0
    })
  },
  async doctor({ settings, args, tell }) {
    const { all, repair } = flagsOf(args)
    const catalogue = catalogueOf(settings)
    return withStore(settings, false, async ({ store, by }) => {
      const state = await stateOf(store)
      if (state === null) throw new Unable(NO_TABLES)
      if (state.schema < LAST_MIGRATION) throw new Unable(OLDER_TABLES)
      await checkWhole(store)
      const queues = await Promise.all(
        QUEUES.map(async (queue) => queueFindings(queue, await inspect(join(settings.data, queue)))),
      )
      const findings = [
        ...(await examine({
          store,
          catalogue,
          undeclared: UNDECLARED,
          all,
          repair,
          alone: by === 'own',
          tell,
        })),
        ...queues.flat(),
      ]
      for (const line of table(findings, settings.language)) say(line)
      return findings.some(({ weight }) => weight === 'wrong') ? 1 : 0
    })
  },
  async source({ settings, args, tell }) {
    const [folder, intake] = [join(settings.data, 'collect'), join(settings.data, 'intake')]
    return source(args, {
      ...{ settings, tell, now: Date.now, catalogue: catalogueOf(settings) },
      wait: async (ms) => void (await pause(ms)),
      try: async (one, catalogue, clock, window) =>
        trySource(one, catalogue, clock, window, await openUsual(disk, folder, one, catalogue)),
      cursor: ({ id, kind }) => cursorOf(disk, kind === 'push' ? intake : folder, id),
      timed: (one) => kindOf(one).begin(one, newCursor(0), 0) !== null,
      request: (id) => requestOf(disk, folder, id),
      leave: (id, request) => leaveRequest(disk, folder, id, request),
      lacking,
      problems: async ({ id }) => (await openProblemLog([folder, intake]).page(id, { limit: PROBLEMS })).problems,
    })
  },
  async held({ settings, args, tell }) {
    const { word, id, reason, days } = heldOf(args)
    const house: House = { url: addressOf(settings), key: keyOf(settings), language: settings.language }
    const now = Date.now()
    const all = await listHeld(house, now - days * DAY, now + DAY)
    if (word !== undefined) {
      const one = await decideHeld(house, all, id, { decision: word, reason })
      tell(
        word === 'release'
          ? { vi: `Đã chấp nhận ${one.value} (${one.indicator}).`, en: `Released ${one.value} (${one.indicator}).` }
          : { vi: `Đã từ chối ${one.value} (${one.indicator}).`, en: `Refused ${one.value} (${one.indicator}).` },
      )
      return 0
    }
    for (const one of all) for (const line of lines(one, settings.language)) say(line)
    tell({
      vi: `${all.length} giá trị đang chờ quyết định trong ${days} ngày qua.`,
      en: `${all.length} values of the last ${days} days wait for a decision.`,
    })
    return 0
  },
  async incident({ settings, args, tell }) {
    const { language } = settings
    const house: House = { url: addressOf(settings), key: keyOf(settings), language }
    return incident({
      ...{ house, args, tell, language, now: Date.now() },
      say: (line) => say(line),
      ...{ progress: startProgress(), interrupted: interrupted() },
      catalogue: () => catalogueOf(settings),
      withStore: (work) => withStore(settings, false, ({ store }) => work(store)),
    })
  },
}

/** The first Ctrl-C asks to stop; the second ends the process. */
function interrupted(): AbortSignal {
  const asked = new AbortController()
  process.once('SIGINT', () => asked.abort())
  return asked.signal
}

const RUNNING: Text = {
  vi: 'Hệ thống đang chạy trên thư mục DATA này; hãy dừng nó, hoặc đặt DATA là thư mục mới, rồi khôi phục.',
  en: 'The system runs on this DATA folder; stop it, or set DATA to a new folder, then restore.',
}

async function withStore(settings: Settings, mayMake: boolean, work: (reached: Reached) => Promise<number>) {
  const reached = await reach(settings, Date.now, mayMake)
  try {
    return await work(reached)
  } finally {
    await reached.stop()
  }
}

/** The declarations; an address only known while a house runs counts as given. */
function catalogueOf(settings: Settings) {
  const { dashboards, mode, language } = settings
  const known = (name: string) =>
    variable(name) ?? (name === 'COUNTRY_URL' ? (countryOf(settings) ?? 'http://127.0.0.1') : undefined)
  // What the system has read is not parsed again; its memory is its own to write.
  const memory = { ...openMemory(join(settings.data, 'declarations.json')), save: () => {} }
  const { catalogue, problems } = loadCatalogue(dashboards, { variable: known, mode, memory })
  if (problems.length > 0) {
    for (const problem of problems) complain(problemLine(problem, language))
    throw new Unable({
      vi: `Khai báo trong ${dashboards} có lỗi như trên; hãy sửa hoặc đặt DASHBOARDS là thư mục khai báo đúng.`,
      en: `The declarations in ${dashboards} are wrong as said above; mend them or set DASHBOARDS to the right folder.`,
    })
  }
  return catalogue
}

const cannot = (cause: unknown): Text => ({
  vi: `Không làm được: ${chain(cause)}. ${isAnswer(cause) ? 'Kho dữ liệu trả lời như vậy.' : 'Hãy kiểm tra đĩa, và kho dữ liệu có trả lời không.'}`,
  en: `It cannot be done: ${chain(cause)}. ${isAnswer(cause) ? 'That is what the store answered.' : 'Check the disk, and whether the store answers.'}`,
})

async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2)
  const read = readSettings()
  if (!read.ok) {
    for (const problem of read.problems) complain(problemLine(problem, read.language))
    process.exit(BAD_CONFIGURATION)
  }
  const { settings } = read
  const tell = (text: Text) => say(text[settings.language])
  try {
    const command = COMMANDS[name]
    if (!command) throw new Unable({ vi: `Không có lệnh ${name}.`, en: `There is no command ${name}.` })
    process.exitCode = await command({ settings, args, tell })
  } catch (cause) {
    const known = cause instanceof Unable || isRefusal(cause)
    complain((known ? cause.text : cannot(cause))[settings.language])
    process.exitCode = known ? BAD_CONFIGURATION : 1
  }
}

await main()
