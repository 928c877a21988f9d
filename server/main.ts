/** Wires one process by its ROLE and takes it down in reverse. The only file that knows both collectors and server. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { disk } from '../collectors/disk.ts'
import { startIntake } from '../collectors/intake.ts'
import { openProblemLog } from '../collectors/problem-log.ts'
import { openShelf } from '../collectors/shelf.ts'
import { startCollectors } from '../collectors/start.ts'
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Log } from '../kpi/log.ts'
import { boardOf } from '../kpi/parameters.ts'
import type { SourceProblems } from '../kpi/problems.ts'
import { HOUR } from '../kpi/range.ts'
import { access } from './access.ts'
import { buildOf } from './build.ts'
import { type Loaded, loadCatalogue } from './catalogue/load.ts'
import { openMemory } from './catalogue/memory.ts'
import { watchCatalogue } from './catalogue/watch.ts'
import { directed } from './directing/painted.ts'
import { startDirecting } from './directing/start.ts'
import { startMailer } from './incidents/mail.ts'
import { startIncidents } from './incidents/start.ts'
import { noBoard, startHub } from './live/hub.ts'
import { keepBeating, startLive } from './live/pulse.ts'
import { complain, createLog, say } from './log.ts'
import { cannotListen, Misconfigured, sentencesOf, storeUrl } from './misconfigured.ts'
import { BAD_CONFIGURATION, keysOf, MAIL_FROM, readSettings, type Settings, variable } from './settings.ts'
import { isAnswer, type Store } from './store/connect.ts'
import { startFolding } from './store/folding.ts'
import { append, type Batch } from './store/observations.ts'
import { isRefusal, openStore, untilAnswered } from './store/open.ts'
import { UNDECLARED } from './store/own.ts'
import { publish } from './store/publish.ts'
import { sweep } from './store/retire.ts'
import type { Told, Word } from './store/told.ts'
import { createWeb } from './web.ts'

export interface Running {
  /** Where screens go; null for a process that only collects. */
  readonly url: string | null
  /** One step by hand, where nothing runs by itself: collectors that are due, then one beat of the pulse. */
  step(): Promise<void>
  /** Resolves when nothing that was collected still waits for the store. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/** What a role adds to a process. */
interface Part {
  step(): Promise<void>
  settled(): Promise<void>
  change(loaded: Loaded): Promise<void>
  stop(): Promise<void>
}

export interface Surroundings {
  readonly now: () => number
  readonly log: Log
  /** Beats and ticks by itself; off where a test moves the clock. */
  readonly byItself: boolean
  /** Milliseconds to wait after the n-th failed delivery in a row, where it is not to be as long as in earnest. */
  readonly backoff?: (failures: number) => number
  /** Says to the other processes what was stored. */
  readonly delivered?: (told: readonly Told[]) => void
  /** Where they say so. */
  readonly onDelivered?: (look: (told: readonly Told[]) => void) => void
}

/** The store's word on itself, not on a batch: no room, too much at once, on its way out. */
const NOT_NOW = new Set(['202', '241', '243', '252', '999'])
const answered = (cause: unknown) => isAnswer(cause) && !NOT_NOW.has(cause.code)

/** How often what sources could not be taken is counted again, milliseconds. */
const TROUBLES_EVERY = 5000

/** The built client. */
const PAGES = resolve(import.meta.dirname, '../pages')

/** How often paired screens are told what is on, where it changed, milliseconds. */
const CONDUCT = 500

/** How long a line is kept, longer than proxies keep one they use again, milliseconds. */
const KEPT = 75_000
/** Lines that wait to be taken, as far as the kernel allows it: of Node's own 511, a thousand walls that ask at once while the process is at work have some reset. */
const WAITING = 4096

/** How long an answer under way may still take when the server leaves, milliseconds: whoever reads it slowly keeps nobody. */
const LEAVING = 1000

/** Starts what `settings.role` says. Rejects with Misconfigured when a declaration is wrong. */
export async function start(settings: Settings, around: Surroundings): Promise<Running> {
  const declared = { variable, mode: settings.mode, memory: openMemory(join(settings.data, 'declarations.json')) }
  const loaded = loadCatalogue(settings.dashboards, declared)
  if (loaded.problems.length > 0) throw new Misconfigured(sentencesOf(loaded.problems, settings))
  const where = { url: storeUrl(settings), now: around.now }
  const { store, storeId } = await openStore(where, around.log).catch((cause: unknown) => {
    throw isRefusal(cause) ? new Misconfigured([cause.text[settings.language]]) : cause
  })
  const parts: Part[] = []
  let url: string | null = null
  if (settings.role !== 'serve') parts.push(collect(settings, around, store, loaded.catalogue))
  if (settings.role !== 'collect') {
    const serving = await serve(settings, around, store, storeId, loaded.catalogue)
    url = serving.url
    parts.push(serving)
  }
  const unwatch = watchCatalogue(settings.dashboards, { ...declared, current: loaded.catalogue }, (next) => {
    for (const part of parts)
      part
        .change(next)
        .catch((error: unknown) =>
          around.log.error(
            { vi: 'không nhận được khai báo đã sửa', en: 'a changed declaration could not be taken' },
            error,
          ),
        )
  })
  return {
    url,
    async step() {
      for (const part of parts) await part.step()
    },
    async settled() {
      for (const part of parts) await part.settled()
    },
    async stop() {
      unwatch()
      for (const part of parts.reverse()) await part.stop()
      await store.close()
    },
  }
}

/** How collectors and intake reach the store. */
const delivering = (settings: Settings, store: Store, around: Surroundings) => ({
  mostBytes: settings.outbox === undefined ? undefined : settings.outbox * 1024 * 1024,
  async deliver(batches: readonly Batch[]) {
    const told = await append(store, ...batches)
    around.delivered?.(told)
  },
  answered,
  ...(around.backoff && { backoff: around.backoff }),
  now: around.now,
  log: around.log,
})

function collect(settings: Settings, around: Surroundings, store: Store, catalogue: Catalogue) {
  const begin = (declared: Catalogue) =>
    startCollectors({
      catalogue: declared,
      folder: join(settings.data, 'collect'),
      ...delivering(settings, store, around),
      schedule: around.byItself,
    })
  let collectors = begin(catalogue)
  return {
    step: () => collectors.tick(),
    settled: () => collectors.idle(),
    stop: () => collectors.stop(),
    async change(next: Loaded) {
      if (next.problems.length > 0) return
      await collectors.stop()
      collectors = begin(next.catalogue)
    },
  }
}

async function serve(settings: Settings, around: Surroundings, store: Store, storeId: string, first: Catalogue) {
  const { log } = around
  const mailer = settings.smtp === undefined ? null : startMailer(settings.smtp, settings.mailFrom ?? MAIL_FROM)
  const incidents = startIncidents({
    ...{ store, catalogue: first, log, mailer, publicUrl: settings.publicUrl ?? null },
    watchedElsewhere: (slice) => live.read(slice),
  })
  let catalogue = incidents.adopt(first)
  const directing = await untilAnswered(
    () => startDirecting({ store, catalogue, incidents: incidents.newest, watch: () => performance.now(), log }),
    log,
  )
  const folding = await untilAnswered(() => startFolding(store, catalogue), log)
  await untilAnswered(() => publish(store, catalogue), log)
  const gate = access({
    host: settings.host,
    publicUrl: settings.publicUrl ?? null,
    keys: keysOf(settings),
    sources: () =>
      [...catalogue.sources.values()].flatMap((one) => (one.kind === 'push' ? { name: one.id, secret: one.key } : [])),
    screens: (key) => directing.screenOfKey(key)?.id ?? null,
  })
  let stopped = false
  let troubles: ReadonlyMap<string, SourceProblems> = new Map()
  const live = startLive({
    store,
    storeId,
    folding,
    catalogue,
    log,
    watched: () => hub.watched(),
    publish: (news) => hub.publish(news),
    screens: () => hub.screens(),
    touched: incidents.touched,
    glass: incidents.glass,
    troubles: () => troubles,
    shelf: openShelf(disk, join(settings.data, 'shown')),
    answered,
  })
  const problems = openProblemLog(['collect', 'intake'].map((folder) => join(settings.data, folder)))
  /** What the board of this system says of them; what cannot be read is said where it is asked for. */
  const lookAtProblems = () =>
    problems.overview(catalogue.sources.keys()).then(
      (all) => {
        troubles = new Map(all.map((one) => [one.source, one]))
      },
      () => undefined,
    )
  const takeIn = (declared: Catalogue) =>
    startIntake({ catalogue: declared, folder: join(settings.data, 'intake'), ...delivering(settings, store, around) })
  let intake = takeIn(catalogue)
  /** While the store is away the pulse says so; the rules look again when it is back. */
  let blind = false
  const alarms = () =>
    incidents.beat().then(
      () => {
        blind = false
      },
      (error: unknown) => {
        if (!blind)
          log.warn(
            {
              vi: 'sự cố: các quy tắc không xem được; sẽ xem lại ngay khi kho trả lời',
              en: 'incidents: the rules cannot look; they look again as soon as the store answers',
            },
            error,
          )
        blind = true
      },
    )
  /** What directors on other servers did, and what is on now; what is known stays in force while the store is away. */
  const direct = () =>
    directing
      .beat()
      .catch(() => undefined)
      .then(() => hub.direct())
  /** What cannot go out is said by the journal and the log; a store that is away, by the pulse. */
  const messages = () => incidents.send().catch(() => undefined)
  const web = createWeb({
    intake: () => intake,
    problems,
    ...{ access: gate, proxies: settings.proxies, store },
    catalogue: () => catalogue,
    pulse: live.pulse,
    ready: () =>
      store.rows('control', 'SELECT 1').then(
        () => true,
        () => false,
      ),
    pages: PAGES,
    log,
    act: incidents.act,
    directing: { directing, changed: () => hub.direct(), look: (link) => hub.look(link) },
  })
  const http = createServer({ keepAliveTimeout: KEPT }, web)
  const hub = startHub(http, {
    allow: (request) => gate.refused(request) === null,
    build: buildOf(PAGES),
    async snapshot(board) {
      if (!boardOf(catalogue, board)) throw noBoard(board)
      return live.snapshot(board)
    },
    directing: directed(directing, gate.screenOf),
  })
  http.listen({ port: settings.port, host: settings.host, backlog: WAITING })
  await once(http, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new Misconfigured([cannotListen(settings, error)])
  })
  const beating = around.byItself ? keepBeating(live, log, () => alarms().then(direct), messages) : null
  if (beating) around.onDelivered?.(beating.nudge)
  const sweeping = around.byItself ? setInterval(() => void sweepOnce(), HOUR) : undefined
  const sweepOnce = () =>
    sweep(store, catalogue, settings.retain, UNDECLARED).then(
      (swept) => {
        for (const { level, done, rows } of swept)
          log.info({
            vi: `hết hạn lưu: ${rows} hàng mức ${level} đã ${done === 'marked' ? 'đánh dấu' : 'xóa'}`,
            en: `retention: ${rows} rows of ${level} are ${done}`,
          })
      },
      (error: unknown) =>
        log.warn(
          {
            vi: 'chưa dọn được dữ liệu hết hạn lưu; một giờ nữa thử lại',
            en: 'retention could not be seen to; tried again in an hour',
          },
          error,
        ),
    )
  const conducting = around.byItself ? setInterval(() => hub.direct(), CONDUCT) : undefined
  const looking = around.byItself ? setInterval(() => void intake.tick(), 1000) : undefined
  const troubled = around.byItself ? setInterval(() => void lookAtProblems(), TROUBLES_EVERY) : undefined
  const { port } = http.address() as AddressInfo
  return {
    url: settings.publicUrl ?? `http://${settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host}:${port}/`,
    async step() {
      await intake.tick()
      await lookAtProblems()
      // As the loops of the pulse do: again at once while there is more.
      while (await live.work());
      while (await live.check());
      await alarms()
      await direct()
      await messages()
      await live.speak()
    },
    settled: () => intake.idle(),
    async change(next: Loaded) {
      for (const sentence of sentencesOf(next.problems, settings))
        log.warn({ vi: `khai báo: ${sentence}`, en: `declarations: ${sentence}` })
      if (next.problems.length === 0) {
        catalogue = incidents.adopt(next.catalogue)
        incidents.replace(catalogue)
        directing.replace(catalogue)
        await intake.stop()
        intake = takeIn(catalogue)
      }
      await live.replace(catalogue, next.problems.length)
      await untilAnswered(async () => stopped || (await publish(store, catalogue)), log).catch((error: unknown) =>
        log.error(
          { vi: 'người đọc vẫn thấy khai báo trước đó', en: 'the declarations readers see are those of before' },
          error,
        ),
      )
    },
    async stop() {
      stopped = true
      clearInterval(sweeping)
      clearInterval(looking)
      clearInterval(troubled)
      clearInterval(conducting)
      await beating?.stop()
      const cut = setTimeout(() => http.closeAllConnections(), LEAVING)
      await hub.stop()
      clearTimeout(cut)
      mailer?.stop()
      http.closeAllConnections()
      await intake.stop()
    },
  }
}

async function main(): Promise<void> {
  const read = readSettings()
  if (!read.ok) return leaveMisconfigured(read.problems.map((problem) => problem.message[read.language]))
  const { settings } = read
  process.title = `toan-canh ${settings.role}`
  const log = createLog(settings.role)
  let leaving = false
  let running: Running | null = null
  const leave = async () => {
    if (leaving) return
    leaving = true
    setTimeout(() => process.exit(0), 4000).unref()
    await running
      ?.stop()
      .catch((error: unknown) => log.error({ vi: 'không đóng được hết', en: 'could not close everything' }, error))
    process.exit(0)
  }
  process.on('SIGINT', () => (process.connected ? undefined : leave()))
  process.on('SIGTERM', leave)
  process.on('disconnect', leave)
  process.on('unhandledRejection', (error) =>
    log.error({ vi: 'lỗi của chính chương trình', en: 'a fault of our own' }, error),
  )
  try {
    running = await start(settings, {
      ...{ now: Date.now, log, byItself: true },
      // A supervisor that has just gone hears nothing, and this process leaves by itself.
      delivered: (delivered) =>
        void (process.connected && process.send?.({ delivered }, undefined, undefined, () => undefined)),
      onDelivered: (look) => void process.on('message', (word: Word | null) => word?.delivered && look(word.delivered)),
    })
    if (process.send) process.send({ ready: true, ...(running.url ? { url: running.url } : {}) })
    else if (running.url) say(running.url)
  } catch (error) {
    if (error instanceof Misconfigured) return leaveMisconfigured(error.sentences)
    log.error({ vi: 'không khởi động được', en: 'could not start' }, error)
    process.exit(1)
  }
}

function leaveMisconfigured(sentences: readonly string[]): void {
  for (const sentence of sentences) complain(sentence)
  process.exit(BAD_CONFIGURATION)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
