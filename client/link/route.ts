/** What the address asks for: which board or which unit, in which language and theme. */
import { boardName, readBoardName } from '../../kpi/parameters.ts'
import type { Language } from '../../kpi/text.ts'
import { type DeskRoute, readDesk, writeDesk } from './desk-route.ts'

export type Theme = 'dark' | 'light'

export interface Route {
  readonly board: string
  readonly language: Language
  /** Null: dark on a wall, the reader's own preference on a page. */
  readonly theme: Theme | null
  /** The page of a unit, opened from the board. */
  readonly unit?: UnitRoute
  /** The analyst's desk. */
  readonly desk?: DeskRoute
  /** The duty list: what is open and who has it, for a phone. */
  readonly duty?: true
  /** A paired screen, which shows what it is told; or the console that tells it. */
  readonly screen?: true
  readonly director?: true
  /** Sounds for what nobody has taken in hand, as this screen's address allows: never, or outside these hours ("22:00-06:00"). */
  readonly sound?: { readonly quiet: string | null }
  /** The screen profile this wall is laid out for, and the light it is shown in whatever the hour (a preview says so). */
  readonly profile?: string
  readonly light?: 'day' | 'night'
  /** Hours in which this wall's light is lowered, as its address says ("19:00-06:30"). */
  readonly night?: string
}

export const RANGES = ['1d', '7d', '30d'] as const
export type Range = (typeof RANGES)[number]

export interface UnitRoute {
  /** Member id of dimension `unit`. */
  readonly id: string
  /** Null: the first that has a value. */
  readonly indicator: string | null
  readonly range: Range
  /** Null: the grain that follows from the range. */
  readonly grain: 'hour' | 'day' | null
  /** Every indicator, the parts of rates too, which a page leaves out at first. */
  readonly all?: true
}

const HOURS = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/

export const FIRST_BOARD = 'country'
/** Whose picture the duty list is drawn from. */
const DUTY_BOARD = 'incidents'

/**
 * Reads path and query: `/duty`, `/screen`, `/director`, `/wall/<id>` and `/boards/<id>` (`?where=unit:hue`: of that member), `/units/<member>?indicator=&range=&grain=&all=&board=`, each with `?lang=` and
 * `?theme=`, `?sound=1&quiet=22:00-06:00`, `?night=19:00-06:30`, `?profile=hall&light=night`,
 * `/explore?…` (`desk-route.ts`); anything else means the first board in Vietnamese.
 */
export function readRoute(url: URL): Route {
  const [, kind, rest] = /^\/(wall|boards|units)\/(.+?)\/?$/.exec(url.pathname) ?? []
  const asked = (name: string) => url.searchParams.get(name)
  const id =
    rest === undefined ? null : kind === 'units' ? decoded(rest) : boardName(decoded(rest), pairsOf(asked('where')))
  const theme = asked('theme')
  const light = asked('light')
  const duty = /^\/duty\/?$/.test(url.pathname)
  const [, own] = /^\/(screen|director)\/?$/.exec(url.pathname) ?? []
  const common: Route = {
    board: own ? '' : duty ? DUTY_BOARD : ((kind === 'units' ? asked('board') : id) ?? FIRST_BOARD),
    language: asked('lang') === 'en' ? 'en' : 'vi',
    theme: theme === 'dark' || theme === 'light' ? theme : null,
    ...(duty ? { duty: true as const } : {}),
    ...(own === 'screen' ? { screen: true as const } : {}),
    ...(own === 'director' ? { director: true as const } : {}),
    ...(asked('sound') === '1' ? { sound: { quiet: asked('quiet') } } : {}),
    ...(asked('profile') ? { profile: asked('profile') ?? '' } : {}),
    ...(light === 'day' || light === 'night' ? { light } : {}),
    ...(HOURS.test(asked('night') ?? '') ? { night: asked('night') ?? '' } : {}),
  }
  if (url.pathname === '/explore')
    return { ...common, board: asked('board') ?? FIRST_BOARD, desk: readDesk(url.searchParams) }
  if (kind !== 'units' || id === null) return common
  const grain = asked('grain')
  const unit: UnitRoute = {
    id,
    indicator: asked('indicator'),
    range: RANGES.find((range) => range === asked('range')) ?? '1d',
    grain: grain === 'hour' || grain === 'day' ? grain : null,
  }
  return { ...common, unit: asked('all') === '1' ? { ...unit, all: true } : unit }
}

/** The address of a route, relative to the server. */
export function writeRoute(route: Route, layout: 'wall' | 'page' = 'page'): string {
  const { unit, desk } = route
  const query = desk ? writeDesk(desk) : new URLSearchParams()
  if (unit) {
    if (unit.indicator) query.set('indicator', unit.indicator)
    if (unit.range !== '1d') query.set('range', unit.range)
    if (unit.grain) query.set('grain', unit.grain)
    if (unit.all) query.set('all', '1')
  }
  if ((unit || desk) && route.board !== FIRST_BOARD) query.set('board', route.board)
  if (route.language !== 'vi') query.set('lang', route.language)
  if (route.theme) query.set('theme', route.theme)
  if (route.sound) query.set('sound', '1')
  if (route.sound?.quiet) query.set('quiet', route.sound.quiet)
  if (route.profile) query.set('profile', route.profile)
  if (route.light) query.set('light', route.light)
  if (route.night) query.set('night', route.night)
  if (desk) return query.size === 0 ? '/explore' : `/explore?${readable(query)}`
  const room = unit ? 'units' : layout === 'wall' ? 'wall' : 'boards'
  if (route.screen || route.director) {
    const own = route.screen ? '/screen' : '/director'
    return query.size === 0 ? own : `${own}?${readable(query)}`
  }
  if (route.duty) return query.size === 0 ? '/duty' : `/duty?${readable(query)}`
  const { board, where } = readBoardName(route.board)
  const pairs = Object.entries(where).map((pair) => pair.join(':'))
  if (!unit && pairs.length > 0) query.set('where', pairs.join(','))
  const path = `/${room}/${(unit?.id ?? board).split('/').map(encodeURIComponent).join('/')}`
  return query.size === 0 ? path : `${path}?${readable(query)}`
}

/** A slash, a colon and a comma may stand in a query as they are: an address that people read and send. */
const readable = (query: URLSearchParams) =>
  query.toString().replace(/%(2F|3A|2C)/g, (code) => decodeURIComponent(code))

/** `unit:hue,channel:online` → members by dimension. */
function pairsOf(text: string | null): Readonly<Record<string, string>> {
  const pairs = (text ?? '').split(',').map((pair) => pair.split(':'))
  return Object.fromEntries(pairs.filter(([dimension, member]) => dimension && member) as [string, string][])
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
