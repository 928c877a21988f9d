/** HTTP: the questions, the declarations, the pages. Every answer that is no answer is one RFC 9457 problem with a sentence. */
import type { IncomingMessage, RequestListener } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import helmet from 'helmet'
import { Act } from '../kpi/act.ts'
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Log } from '../kpi/log.ts'
import { type ProblemLog, ProblemsAsked } from '../kpi/problems.ts'
import type { Intake } from '../kpi/push.ts'
import { Decision, QUERIES, Query, type QueryName, type QueryOf } from '../kpi/query.ts'
import type { KeyAnswer } from '../kpi/rights.ts'
import type { Text } from '../kpi/text.ts'
import type { Pulse } from '../kpi/wire.ts'
import { type Access, headersOf, PUSHES } from './access.ts'
import { startAgain } from './again.ts'
import { API_STYLE, apiPage } from './api-page.ts'
import { notDecided } from './decisions.ts'
import { declared } from './declared.ts'
import { boardFile, savedAnswer, saveView } from './desk.ts'
import { type DirectingRoutes, forPeople, mountDirecting } from './directing/routes.ts'
import { notItsOwn } from './directing/start.ts'
import { exported, formatOf } from './export/answer.ts'
import { PageQuery, pageFile } from './export/page.ts'
import { wholeFile, wholeOf } from './export/whole.ts'
import type { Acted } from './incidents/acts.ts'
import { keyFromAddress, renewKey } from './key-cookie.ts'
import { tooMuchOf } from './limits.ts'
import { type Once, startOnce } from './once.ts'
import { openapi } from './openapi.ts'
import { limitOf, NOT_JSON, NOT_READ, NOWHERE, TOO_LARGE, take } from './pushes.ts'
import { ASK } from './queries/index.ts'
import { checkKept } from './queries/kept.ts'
import { knownSource, knownThings, momentOf, readQuery } from './questions.ts'
import { Refusal } from './refusal.ts'
import { needs } from './rights.ts'
import { sentOf } from './sent.ts'
import { isAnswer, type Store } from './store/connect.ts'
import { decide } from './store/decide.ts'
import { isUnreached } from './store/persistently.ts'

const cutShort = (name: string): Text => ({
  vi: `tệp xuất ${name} bị cắt ngang`,
  en: `the export ${name} was cut short`,
})
const failed = (what: string): Text => ({ vi: `${what} không thành`, en: `${what} failed` })

export interface WebOptions {
  readonly access: Access
  /** The proxies whose word on who asks is taken: addresses, networks, `loopback`. */
  readonly proxies?: readonly string[] | undefined
  readonly store: Store
  readonly catalogue: () => Catalogue
  readonly pulse: () => Pulse
  /** Where pushes go. */
  readonly intake?: () => Intake
  /** The rows this machine's collectors could not take. */
  readonly problems?: ProblemLog
  /** Whether the picture is being kept up: the store answers. */
  readonly ready: () => Promise<boolean>
  /** The built client. */
  readonly pages: string
  readonly log: Log
  /** What a person does about incidents; not there where nobody watches them. */
  readonly act?: (act: Act, name: string) => Promise<Acted>
  /** The director of screens; not there where nobody directs. */
  readonly directing?: Pick<DirectingRoutes, 'directing' | 'changed' | 'look'>
}

/** What every screen of a board asks when a pulse has told it of news: asked of the store once, however many screens there are. */
const OF_SCREENS: ReadonlySet<QueryName> = new Set(['series', 'breakdown'])

/** Pages that are the one client page; the client reads the address. */
const PAGES = ['/', '/wall/*board', '/boards/*board', '/units/*unit', '/explore', '/duty', '/screen', '/director']

export function createWeb(options: WebOptions): RequestListener {
  const { access, store, catalogue, pulse, log } = options
  const web = express()
  web.disable('x-powered-by')
  web.set('query parser', 'simple')
  web.set('trust proxy', [...(options.proxies ?? [])])
  web.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'self'"],
        },
      },
      strictTransportSecurity: false,
      crossOriginEmbedderPolicy: false,
    }),
  )
  web.use(keyFromAddress(access), guard(access))
  web.get([...PAGES, '/api/catalogue'], renewKey(access))
  const runs = new WeakMap<Catalogue, Once>()
  /** What an answer to screens is true for. */
  const version = () => `${pulse().store} ${pulse().at}`
  const again = startAgain(() => [catalogue(), version()])
  web.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  web.get('/readyz', async (_request, response) => {
    const ready = await options.ready()
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'store-away' })
  })
  web.get('/api/catalogue', (_request, response) => {
    const { body, tag } = sentOf(catalogue(), declared)
    response.set('Cache-Control', 'no-cache').set('ETag', tag).type('json').send(body)
  })
  for (const name of QUERIES) web.get(`/api/${name}`, question(name))
  web.get('/api/openapi.json', (_request, response) => void response.json(openapi()))
  web.get('/api', (request, response) => void response.type('html').send(apiPage(languageOf(request), store.now())))
  web.get('/api/page.css', (_request, response) => void response.type('css').send(API_STYLE))
  web.get('/api/problems', forPeople(access), problems)
  web.post(PUSHES, body, pushed)
  web.get('/api/incidents/*id', question('incidents', 'id'))
  web.get('/api/key', (request, response) => {
    const said: KeyAnswer = { name: access.keyName(request), may: access.mayOf(request) }
    response.set('Cache-Control', 'no-store').json(said)
  })
  web.post('/api/acts', needs(access, 'operate'), express.json({ limit: '16kb' }), acts)
  web.get('/api/saved', async (request, response) => {
    response.set('Cache-Control', 'no-store').json(await savedAnswer(store, access.keyName(request)))
  })
  web.post('/api/saved', express.json({ limit: '16kb' }), async (request, response) => {
    const { status, id } = await saveView(store, access.keyName(request) ?? '', request.body)
    response.status(status).json({ id })
  })
  web.get('/api/page.pdf', page)
  web.get('/api/board.yaml', (request, response) => {
    const { name, body } = boardFile(catalogue(), request.query as Record<string, unknown>)
    response.attachment(name).type('application/yaml').send(body)
  })
  if (options.directing)
    mountDirecting(web, { access, log, json: express.json({ limit: '16kb' }), ...options.directing })
  web.post('/api/decisions', needs(access, 'operate'), express.json({ limit: '16kb' }), decision)
  web.use('/api', () => {
    throw new Refusal(404, {
      vi: `Không có câu hỏi này; các câu hỏi: ${QUERIES.join(', ')}, problems`,
      en: `No such question; the questions are: ${QUERIES.join(', ')}, problems`,
    })
  })
  web.get(
    PAGES,
    (_request, response) =>
      void response.sendFile(join(options.pages, 'index.html'), {
        cacheControl: false,
        headers: { 'Cache-Control': 'no-cache' },
      }),
  )
  web.use('/assets', express.static(join(options.pages, 'assets'), { index: false, immutable: true, maxAge: '1y' }))
  // What keeps its name from one build to the next is looked for anew each time.
  web.use(express.static(options.pages, { index: false, cacheControl: false, setHeaders: neverKept }))
  web.use((request) => {
    throw new Refusal(404, { vi: `Không có trang ${request.path}.`, en: `There is no page ${request.path}.` })
  })
  web.use(answerErrors(log))
  return again.before(web)

  /** The bytes of a push, at most as many as its source may send; the guard has seen the source's key. */
  function body(request: Request, response: Response, next: NextFunction): void {
    const source = catalogue().sources.get(access.sourceOf(request) ?? '')
    express.raw({ limit: limitOf(source), type: 'application/json' })(request, response, next)
  }

  async function pushed(request: Request, response: Response): Promise<void> {
    const answer = await take(
      options.intake?.() ?? NOWHERE,
      access.sourceOf(request) ?? '',
      request.headers,
      request.body,
    )
    response.status(200).set('Cache-Control', 'no-store').json(answer)
  }

  /** Rows that could not be taken, with what to do about each. */
  async function problems(request: Request, response: Response): Promise<void> {
    const { source, ...page } = readQuery(ProblemsAsked, request.query as Record<string, unknown>)
    if (!options.problems) throw new Refusal(503, ELSEWHERE)
    const { sources } = catalogue()
    if (source !== undefined) knownSource(sources.keys(), source)
    const answer = source === undefined ? null : await options.problems.page(source, page)
    response.set('Cache-Control', 'no-store')
    response.json(answer ?? { sources: await options.problems.overview(sources.keys()) })
  }

  /** A person's word on a held version; the guard has seen a named key. */
  async function decision(request: Request, response: Response): Promise<void> {
    const asked = readQuery(Decision, request.body ?? {})
    const name = access.keyName(request) ?? ''
    const decided = await decide(store, catalogue(), asked, name)
    if ('not' in decided) throw notDecided(decided.not)
    log.info(`${name}: ${asked.decision} ${asked.id}`)
    response.status(201).json(decided.said)
  }

  /** What a person does about incidents, by a named key. */
  async function acts(request: Request, response: Response): Promise<void> {
    if (!options.act) throw new Refusal(503, AWAY)
    const asked = readQuery(Act, request.body ?? {})
    const name = access.keyName(request) ?? ''
    const answer = await options.act(asked, name)
    log.info(`${name}: ${asked.act} ${answer.incident?.id ?? answer.entry}`)
    response.status(201).json(answer)
  }

  /** A screen asks with its own key about what it may show, and nothing else: why this is not of it. */
  function notOf(request: IncomingMessage, query: object): Text | null {
    const screen = access.keyName(request) === null ? access.screenOf(request) : null
    return screen === null ? null : (options.directing?.directing.mayAsk(screen, query) ?? null)
  }

  function withinScope(request: Request, query: object): void {
    const refused = notOf(request, query)
    if (refused) throw notItsOwn(refused)
  }

  /** What runs belongs to the catalogue it was asked under. */
  function onceOf(things: Catalogue): Once {
    const known = runs.get(things) ?? startOnce()
    runs.set(things, known)
    return known
  }

  /** A page of the desk as PDF. */
  async function page(request: Request, response: Response): Promise<void> {
    const things = catalogue()
    const query = readQuery(PageQuery, request.query as Record<string, unknown>)
    withinScope(request, query)
    knownThings(things, query)
    const at = momentOf(query, store.now())
    await checkKept(store, 'series', query)
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const context = { catalogue: things, address: request.originalUrl, language: languageOf(request) }
    const file = await pageFile(store, query, { ...pulse(), at }, context, gone.signal).catch(tooMuchOf(query))
    response.set('Cache-Control', 'no-store').attachment(file.name).type(file.type).send(file.body)
  }

  /** `rest`: a parameter that is the rest of the path. */
  function question(name: QueryName, rest?: string): RequestHandler {
    return async (request, response) => {
      const things = catalogue()
      const { format: form, whole, ...asked } = request.query as Record<string, unknown>
      const format = formatOf(name, form)
      const all = wholeOf(name, format, whole)
      const path = rest === undefined ? [] : [request.params[rest] ?? []].flat()
      const given = rest === undefined ? {} : { [rest]: path.join('/') }
      const query = readQuery(Query[name], { ...asked, ...given })
      withinScope(request, query)
      knownThings(things, query as QueryOf<QueryName>)
      const at = momentOf(query as { readonly asOf?: number }, store.now())
      await checkKept(store, name, query)
      const gone = new AbortController()
      response.on('close', () => response.writableFinished || gone.abort())
      if (all) {
        const asked = { ...(query as QueryOf<'observations'>), at }
        const how = { format: all, address: request.originalUrl, store: pulse().store, language: languageOf(request) }
        const file = await wholeFile(store, things, asked, how, gone.signal).catch(tooMuchOf(query))
        const total = { 'Cache-Control': 'no-store', 'X-Total-Rows': String(file.rows) }
        response.attachment(file.name).type(file.type).set(total)
        return pipeline(file.body, response).catch((error: unknown) => {
          const left = (error as { code?: unknown } | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE'
          if (!left) log.error(cutShort(file.name), error)
        })
      }
      const ask = ASK[name] as (...args: unknown[]) => Promise<unknown>
      const key = JSON.stringify([name, query])
      const trueFor = OF_SCREENS.has(name) && !('asOf' in query) ? version() : undefined
      const run = (signal: AbortSignal) => ask(store, things, query, { ...pulse(), at }, signal)
      const answered = (gone: AbortSignal) => onceOf(things)(key, gone, run, trueFor)
      const told = (answer: unknown) => sentOf(answer as object, (one) => one)
      if (trueFor !== undefined && format === 'json')
        again.note(request, response, {
          under: [things, trueFor],
          allows: (one) => access.refused(one) === null && notOf(one, query) === null,
          answer: async (gone) => told(await answered(gone)),
        })
      const answer = await answered(gone.signal).catch(tooMuchOf(query))
      if (response.destroyed) return
      response.set('Cache-Control', 'no-cache')
      if (format === 'json') {
        const { body, tag } = told(answer)
        return void response.set('ETag', tag).type('json').send(body)
      }
      const context = { store, catalogue: things, address: request.originalUrl, language: languageOf(request) }
      const file = await exported(name, format, answer as object, query, { ...context, signal: gone.signal })
      response
        .attachment(file.name)
        .type(file.type)
        .send(typeof file.body === 'string' ? file.body : Buffer.from(file.body))
    }
  }
}

const neverKept = (response: Response, file: string) => void response.set(headersOf(file))

function guard(access: Access): RequestHandler {
  return (request, _response, next) => {
    const refused = access.refused(request)
    if (refused) throw new Refusal(refused.status, refused.text)
    next()
  }
}

function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, _next) => {
    if (response.destroyed || response.headersSent) return
    const refusal =
      error instanceof Refusal
        ? { ...error, status: error.status, text: error.text, field: error.field, known: true }
        : { retryAfter: 0, more: {}, ...asRefusal(error, request.method) }
    if (!refusal.known) log.error(failed(`${request.method} ${request.path}`), error)
    const language = languageOf(request)
    response
      .status(refusal.status)
      .type('application/problem+json')
      .set('Content-Language', language)
      .set('Cache-Control', 'no-store')
    if (refusal.status === 401) response.set('WWW-Authenticate', 'Bearer')
    const retryAfter = refusal.retryAfter || (refusal.status === 503 ? 2 : 0)
    if (retryAfter > 0) response.set('Retry-After', String(retryAfter))
    response.send(
      JSON.stringify({
        type: 'about:blank',
        status: refusal.status,
        title: refusal.text[language],
        field: refusal.field || undefined,
        messages: refusal.text,
        ...refusal.more,
      }),
    )
  }
}

function asRefusal(
  error: unknown,
  method: string,
): {
  readonly status: number
  readonly text: Text
  readonly field: string
  readonly known: boolean
} {
  const status = (error as { status?: unknown }).status
  if (status === 413) return { status: 413, text: TOO_LARGE, field: '', known: true }
  if (status === 415) return { status: 415, text: NOT_JSON, field: 'Content-Encoding', known: true }
  const unread = error instanceof URIError || method !== 'POST' ? MALFORMED : NOT_READ
  if (error instanceof URIError || status === 400) return { status: 400, text: unread, field: '', known: true }
  // Whatever is no sign that the store cannot be reached is a fault of our own, and is written down.
  if (isAnswer(error) || !(isUnreached(error) || /time-?out|abort/i.test(String(error))))
    return { status: 500, text: FAULT, field: '', known: false }
  return { status: 503, text: AWAY, field: '', known: true }
}

function languageOf(request: Request): 'vi' | 'en' {
  if (request.query.lang === 'en' || request.query.lang === 'vi') return request.query.lang
  return request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi'
}

const ELSEWHERE: Text = {
  vi: 'Tiến trình này không đọc được thư mục của bộ thu thập; hãy hỏi ở máy chạy bộ thu thập.',
  en: 'This process cannot read the folder of the collectors; ask where the collectors run.',
}
const MALFORMED: Text = {
  vi: 'Địa chỉ không đọc được; hãy kiểm tra các ký tự % trong đó.',
  en: 'The address cannot be read; check its % characters.',
}
const FAULT: Text = {
  vi: 'Máy chủ gặp lỗi; nhật ký máy chủ có chi tiết.',
  en: 'The server failed; its log has the details.',
}
const AWAY: Text = {
  vi: 'Kho dữ liệu đang không trả lời; hãy thử lại sau vài giây.',
  en: 'The store does not answer; try again in a few seconds.',
}
