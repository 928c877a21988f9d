/** What the address asks for: which board, in which language and theme. */
import type { Language } from '../../kpi/text.ts'

export type Theme = 'dark' | 'light'

export interface Route {
  readonly board: string
  readonly language: Language
  /** Null: dark on a wall, the reader's own preference on a page. */
  readonly theme: Theme | null
}

const FIRST_BOARD = 'country'

/** Reads path and query (`/wall/<id>`, `/boards/<id>`, `?lang=`, `?theme=`); anything else means the first board in Vietnamese. */
export function readRoute(url: URL): Route {
  const match = /^\/(?:wall|boards)\/(.+?)\/?$/.exec(url.pathname)
  const theme = url.searchParams.get('theme')
  return {
    board: match?.[1] ? decoded(match[1]) : FIRST_BOARD,
    language: url.searchParams.get('lang') === 'en' ? 'en' : 'vi',
    theme: theme === 'dark' || theme === 'light' ? theme : null,
  }
}

/** The address of a route, relative to the server. */
export function writeRoute(route: Route, layout: 'wall' | 'page' = 'page'): string {
  const query = new URLSearchParams()
  if (route.language !== 'vi') query.set('lang', route.language)
  if (route.theme) query.set('theme', route.theme)
  const path = `/${layout === 'wall' ? 'wall' : 'boards'}/${route.board.split('/').map(encodeURIComponent).join('/')}`
  return query.size === 0 ? path : `${path}?${query}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
