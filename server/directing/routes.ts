/** HTTP of the director: a screen asks for its code and hears whether it is let in; directors see all screens and act. */
import type { Express, Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { ActsAsked, Direct } from '../../kpi/direct.ts'
import type { Log } from '../../kpi/log.ts'
import type { Look } from '../../kpi/look.ts'
import { type Access, PAIRING, SCREEN_COOKIE, screenKey } from '../access.ts'
import { KEPT } from '../key-cookie.ts'
import { readQuery } from '../questions.ts'
import { Refusal } from '../refusal.ts'
import { needs } from '../rights.ts'
import { digestOf } from './pairing.ts'
import type { Directing } from './start.ts'

export interface DirectingRoutes {
  readonly access: Access
  readonly directing: Directing
  /** Tells paired screens what changed, at once. */
  readonly changed: () => void
  /** What the screen on a connection has painted. */
  readonly look: (link: string) => Promise<Look | null>
  readonly json: RequestHandler
  readonly log: Log
}

/** For people: a screen's own key opens nothing of it. */
export function forPeople(access: Access): RequestHandler {
  return (request, _response, next) => {
    if (access.keyName(request) === null && access.screenOf(request) !== null) throw NOT_FOR_SCREENS
    next()
  }
}

const Size = z.strictObject({
  width: z.int().min(0).max(65_536).default(0),
  height: z.int().min(0).max(65_536).default(0),
})

const NOT_FOR_SCREENS = new Refusal(403, {
  vi: 'Khóa của màn hình chỉ dùng để chiếu; hãy mở trang này bằng khóa có tên của người.',
  en: "A screen's key only shows; open this page with a person's named key.",
})
const NO_SCREEN = new Refusal(404, {
  vi: 'Không có màn hình này.',
  en: 'There is no such screen.',
})
const NO_LOOK = new Refusal(504, {
  vi: 'Màn hình không nói nó đang vẽ gì: đã mất kết nối, hoặc đứng hình.',
  en: 'The screen does not say what it has painted: it is not connected, or stands still.',
})

export function mountDirecting(web: Express, options: DirectingRoutes): void {
  const { access, directing, changed, look, json, log } = options

  const people = forPeople(access)

  /** Who the asking screen is: paired, waiting with a code, or nobody. */
  function whoami(request: Request, response: Response): void {
    const key = screenKey(request)
    const said = admission(request)
    if (key !== null && said.state === 'paired') keep(response, key)
    response.set('Cache-Control', 'no-store').json(said)
  }

  function admission(request: Request) {
    const key = screenKey(request)
    const screen = key === null ? null : directing.screenOfKey(key)
    if (screen) return { state: 'paired', screen } as const
    const offer = key === null ? null : directing.pairing.ofKey(digestOf(key))
    if (offer) return { state: 'waiting', code: offer.code, expires: offer.expires } as const
    return { state: 'unknown' } as const
  }

  function ask(request: Request, response: Response): void {
    const size = readQuery(Size, request.body ?? {})
    // A screen that is let in, or waits already, keeps the key it has: another one would lock it out.
    const known = admission(request)
    if (known.state !== 'unknown') return void response.set('Cache-Control', 'no-store').json(known)
    const { key, offer } = directing.pairing.offer({ address: request.ip ?? '', ...size })
    keep(response, key)
    response.status(201).set('Cache-Control', 'no-store')
    response.json({ state: 'waiting', code: offer.code, expires: offer.expires })
  }

  const keep = (response: Response, key: string) =>
    response.cookie(SCREEN_COOKIE, key, { httpOnly: true, sameSite: 'strict', maxAge: KEPT })

  async function act(request: Request, response: Response): Promise<void> {
    const asked = readQuery(Direct, request.body ?? {})
    const name = access.keyName(request) ?? ''
    const answer = await directing.act(asked, name)
    const about = 'group' in asked ? asked.group : asked.screen
    log.info(`${name}: ${asked.act} ${about}`)
    changed()
    response.status(201).json(answer)
  }

  async function painted(request: Request, response: Response): Promise<void> {
    const id = [request.params.id ?? ''].flat().join('/')
    const link = directing.table.linkOf(id)
    // A page that was here and has left is nothing wrong: whoever asked had not heard yet.
    if (link === null && id.startsWith('page:')) return void response.status(204).end()
    if (link === null && directing.screen(id) === null) throw NO_SCREEN
    const seen = link === null ? null : await look(link)
    if (!seen) throw NO_LOOK
    response.set('Cache-Control', 'no-store').json(seen)
  }

  web.get(PAIRING, whoami)
  web.post(PAIRING, json, ask)
  web.get('/api/screens', people, (_request, response) => {
    response.set('Cache-Control', 'no-store').json(directing.answer())
  })
  web.get('/api/screens/:id/look', people, painted)
  web.get('/api/directing', people, (request, response) => {
    const { before, limit } = readQuery(ActsAsked, request.query as Record<string, unknown>)
    response.set('Cache-Control', 'no-store').json(directing.acts(before ?? null, limit))
  })
  web.post('/api/directing', needs(access, 'direct'), json, act)
}
