/** The director's console on the wire: all screens, what one of them has painted, and acts with the key of the cookie. */
import type { Direct } from '../../kpi/direct.ts'
import type { Look } from '../../kpi/look.ts'
import type { ActsAnswer, ScreensAnswer } from '../../kpi/screens.ts'
import { directorWords } from '../words/director.ts'
import { en } from '../words/en.ts'
import { vi } from '../words/vi.ts'
import { AskError, ask, refusal } from './ask.ts'

/** Every screen, group and act. Throws AskError. */
export const askScreens = (signal?: AbortSignal): Promise<ScreensAnswer> => ask('/api/screens', signal)

/** The acts before the one with this id, the newest first. Throws AskError. */
export const askActs = (before: string): Promise<ActsAnswer> => ask(`/api/directing?${new URLSearchParams({ before })}`)

/** What a screen has painted, as it says itself; null of a page that has left. Throws AskError when it does not. */
export const askLook = (id: string, signal?: AbortSignal): Promise<Look | null> =>
  ask(`/api/screens/${encodeURIComponent(id)}/look`, signal)

/** What an author of an act may leave out is filled in by the server. */
export type DirectAsked = Direct | ({ readonly act: Direct['act'] } & Readonly<Record<string, unknown>>)

/** Does something with screens. Throws AskError with the server's sentence. */
export async function direct(body: DirectAsked): Promise<void> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch('/api/directing', request).catch((cause: unknown) => {
    throw new AskError({ vi: vi.unreachable, en: en.unreachable }, { cause })
  })
  if (answer.status === 401) throw new AskError({ vi: directorWords('vi').noKey, en: directorWords('en').noKey })
  if (!answer.ok) throw new AskError(await refusal(answer))
}
