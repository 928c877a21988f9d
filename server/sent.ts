/** What many are told is put into words once for all of them. */
import { createHash } from 'node:crypto'

/** As it is sent: JSON, and its ETag. */
export interface Sent {
  readonly body: Buffer
  readonly tag: string
}

/** The pulse of an answer, wherever it stands. It says when it was asked; what was answered is the same as long as nothing else of it changed. */
const PULSE = /"pulse":\{"at":\d+,"store":"[^"]*"\},?/

const SENT = new WeakMap<object, Sent>()

/** What `tell` says of a thing, always the same way, as JSON with its tag. */
export function sentOf<T extends object>(thing: T, tell: (thing: T) => object): Sent {
  const known = SENT.get(thing)
  if (known) return known
  const text = JSON.stringify(tell(thing))
  const tag = createHash('sha1').update(text.replace(PULSE, '')).digest('base64url')
  const sent = { body: Buffer.from(text), tag: `W/"${tag}"` }
  SENT.set(thing, sent)
  return sent
}
