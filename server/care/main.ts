/** The care of the store from the command line: `npm run backup | restore | doctor | held | source | incident`. One sentence for what goes wrong, with its remedy. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DAY } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { problemLine } from '../catalogue/report.ts'
import { complain, say, startProgress } from '../log.ts'
import { BAD_CONFIGURATION, readSettings, type Settings, variable } from '../settings.ts'
import { flagsOf, folderOf, heldOf } from './args.ts'
import type { House } from './held.ts'
import type { Reached } from './reach.ts'
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

/** What each command does; it answers the exit code. Each loads what it needs itself: all of it together takes half a second to load. */
const COMMANDS: Readonly<Record<string, (task: Task) => Promise<number>>> = {
  async backup({ settings, args, tell }) {
    const folder = folderOf(args, 'to')
    const { backUp } = await import('./backup.ts')
    return withStore(settings, false, async ({ store, by }) => {
      const wait = async (ms: number) => void (await pause(ms))
      await backUp({ store, folder, alone: by === 'own', wait, tell })
      return 0
    })
  },
  async restore({ settings, args, tell }) {
    const folder = folderOf(args, 'from')
    const catalogue = (await declarations(settings))()
    const [{ openBackup, restore }, { isRunning }] = await Promise.all([import('./restore.ts'), import('./reach.ts')])
    if (await isRunning(settings, Date.now)) throw new Unable(RUNNING)
    const backup = await openBackup(folder)
    return withStore(settings, true, async ({ store, by }) => {
      if (by === 'house') throw new Unable(RUNNING)
      await restore({ store, backup, catalogue, tell })
      return 0
    })
  },
  async doctor({ settings, args, tell }) {
    const { all, repair } = flagsOf(args)
    const catalogue = (await declarations(settings))()
    const [{ inspect }, { queueFindings, shownFindings }, { examine }, { table }, { checkWhole, stateOf }] =
      await Promise.all([
        import('../../collectors/inspect.ts'),
        import('./queue.ts'),
        import('./doctor.ts'),
        import('./finding.ts'),
        import('../store/state.ts'),
      ])
    const [{ LAST_MIGRATION }, { UNDECLARED }] = await Promise.all([
      import('../store/migrate.ts'),
      import('../store/own.ts'),
    ])
    return withStore(settings, false, async ({ store, by }) => {
      await checkWhole(store)
      const state = await stateOf(store)
      if (state === null) throw new Unable(NO_TABLES)
      if (state.schema < LAST_MIGRATION) throw new Unable(OLDER_TABLES)
      const queues = await Promise.all(
        QUEUES.map(async (queue) => queueFindings(queue, await inspect(join(settings.data, queue)))),
      )
      const line = process.stderr.isTTY ? startProgress() : () => {}
      const progress = (text: Text, percent: number) => line(text[settings.language], percent)
      const findings = [
        ...(await examine({
          progress,
          store,
          catalogue,
          undeclared: UNDECLARED,
          all,
          repair,
          alone: by === 'own',
          tell,
        })),
        ...queues.flat(),
        ...shownFindings((await inspect(join(settings.data, 'shown'))).refused),
      ]
      for (const line of table(findings, settings.language)) say(line)
      return findings.some(({ weight }) => weight === 'wrong') ? 1 : 0
    })
  },
  async source({ settings, args, tell }) {
    const [folder, intake] = [join(settings.data, 'collect'), join(settings.data, 'intake')]
    const [{ source }, { newCursor }, { disk }, { kindOf }, { openProblemLog }] = await Promise.all([
      import('./source.ts'),
      import('../../collectors/cursor.ts'),
      import('../../collectors/disk.ts'),
      import('../../collectors/kinds/index.ts'),
      import('../../collectors/problem-log.ts'),
    ])
    const [{ cursorOf, lacking, leaveRequest, requestOf }, { trySource }, { openUsual }] = await Promise.all([
      import('../../collectors/requests.ts'),
      import('../../collectors/try.ts'),
      import('../../collectors/usual.ts'),
    ])
    return source(args, {
      ...{ settings, tell, now: Date.now, catalogue: (await declarations(settings))() },
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
    const { decideHeld, lines, listHeld } = await import('./held.ts')
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
    const [{ incident }, catalogue] = await Promise.all([import('../incidents/command.ts'), declarations(settings)])
    const house: House = { url: addressOf(settings), key: keyOf(settings), language }
    return incident({
      ...{ house, args, tell, language, now: Date.now() },
      say: (line) => say(line),
      ...{ progress: startProgress(), interrupted: interrupted() },
      catalogue,
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
  const { reach } = await import('./reach.ts')
  const reached = await reach(settings, Date.now, mayMake)
  try {
    return await work(reached)
  } finally {
    await reached.stop()
  }
}

/** Reads the declarations when it is called; an address only known while a house runs counts as given. */
async function declarations(settings: Settings): Promise<() => Catalogue> {
  const [{ loadCatalogue }, { openMemory }] = await Promise.all([
    import('../catalogue/load.ts'),
    import('../catalogue/memory.ts'),
  ])
  const { dashboards, mode, language } = settings
  const known = (name: string) =>
    variable(name) ?? (name === 'COUNTRY_URL' ? (countryOf(settings) ?? 'http://127.0.0.1') : undefined)
  return () => {
    // What the system has read is not parsed again; its memory is its own to write.
    const memory = { ...openMemory(join(settings.data, 'declarations.json')), save: () => {} }
    const { catalogue, problems } = loadCatalogue(dashboards, { variable: known, mode, memory })
    if (problems.length === 0) return catalogue
    for (const problem of problems) complain(problemLine(problem, language))
    throw new Unable({
      vi: `Khai báo trong ${dashboards} có lỗi như trên; hãy sửa hoặc đặt DASHBOARDS là thư mục khai báo đúng.`,
      en: `The declarations in ${dashboards} are wrong as said above; mend them or set DASHBOARDS to the right folder.`,
    })
  }
}

/** What went wrong, in words, and the exit code. */
async function saidOf(cause: unknown, settings: Settings): Promise<readonly [text: Text, code: number]> {
  if (cause instanceof Unable) return [cause.text, BAD_CONFIGURATION]
  const [{ isRefusal }, { cannot }] = await Promise.all([import('../store/open.ts'), import('./cannot.ts')])
  return isRefusal(cause) ? [cause.text, BAD_CONFIGURATION] : [cannot(cause, settings), 1]
}

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
    const [text, code] = await saidOf(cause, settings)
    complain(text[settings.language])
    process.exitCode = code
  }
}

await main()
