/** Held values from the command line: what waits, and a person's word on one of them, over the API of the running house. */
import { sayHeld } from '../../kpi/held-say.ts'
import type { Answers, Decision } from '../../kpi/query.ts'
import type { Text } from '../../kpi/text.ts'
import { Unable } from './unable.ts'

/** A running house: its address, and the secret of the key that decides (reading on loopback needs none). */
export interface House {
  readonly url: string
  readonly key: string | undefined
  readonly language: 'vi' | 'en'
}

export type Held = Answers['held']['held'][number]

interface Problem {
  readonly title?: string
}

/** Asks a running house, or tells it something. Errors: Unable with its sentence. */
export async function ask<T>({ url, key, language }: House, path: string, body?: object): Promise<T> {
  const headers = {
    'accept-language': language,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(body ? { 'content-type': 'application/json' } : {}),
  }
  const request = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const answer = await fetch(new URL(path, url), request).catch((cause: unknown) => {
    throw new Unable(away(url), { cause })
  })
  const said = (await answer.json().catch(() => ({}))) as T & Problem
  if (answer.ok) return said
  const title = said.title ?? `HTTP ${answer.status}`
  if (answer.status !== 401) throw new Unable({ vi: title, en: title })
  throw new Unable({
    vi: `${title} Hãy đặt KEY là khóa của bạn (phần sau dấu hai chấm trong KEYS).`,
    en: `${title} Set KEY to your secret (what stands behind the colon in KEYS).`,
  })
}

const away = (url: string): Text => ({
  vi: `Không gọi được hệ thống ở ${url}; hãy khởi động (npm start), hoặc đặt PUBLIC_URL hay PORT đúng với nó.`,
  en: `The system at ${url} cannot be reached; start it (npm start), or set PUBLIC_URL or PORT to where it is.`,
})

/** The most of one list. */
const MOST = 5000

/** What waits, about spans that begin in [from, to), UTC milliseconds. */
export async function listHeld(house: House, from: number, to: number): Promise<readonly Held[]> {
  const query = new URLSearchParams({ from: `${from}`, to: `${to}`, limit: `${MOST}` })
  return (await ask<Answers['held']>(house, `/api/held?${query}`)).held
}

/** Says a person's word on the held value whose id begins with `id`. Errors: Unable when there is none, or more than one. */
export async function decideHeld(
  house: House,
  all: readonly Held[],
  id: string,
  word: Pick<Decision, 'decision' | 'reason'>,
): Promise<Held> {
  const exact = all.filter((held) => held.id === id)
  const meant = exact.length > 0 ? exact : all.filter((held) => held.id.startsWith(id))
  const [one, ...more] = meant
  if (!one || more.length > 0) {
    throw new Unable({
      vi: `Có ${meant.length} giá trị đang giữ lại với mã bắt đầu bằng “${id}”; xem danh sách bằng npm run held rồi viết đủ mã.`,
      en: `${meant.length} held values have an id that begins with “${id}”; see npm run held for the list and write the whole id.`,
    })
  }
  await ask(house, '/api/decisions', { id: one.id, indicator: one.indicator, from: one.from, ...word })
  return one
}

const when = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** A held value in lines: which, of whom, when, what speaks meanwhile, why it waits. */
export function lines(held: Held, language: 'vi' | 'en'): readonly string[] {
  const members = Object.entries(held.members).map(([dimension, member]) => `${dimension}:${member}`)
  const instead = { vi: 'đang hiện', en: 'standing' }[language]
  return [
    `${held.id}  ${held.indicator}  ${members.join(' ')}  ${when(held.from)} – ${when(held.to)}`,
    `    ${held.value}  (${instead}: ${held.standing ?? '–'})  ${sayHeld(held.reason)[language]}`,
  ]
}
