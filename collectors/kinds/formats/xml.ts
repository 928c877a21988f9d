/** XML → the list of rows at a path. No document types: without them there are no entities to expand and nothing to fetch. */
import { rowsOf } from '../../path.ts'
import { Unreadable } from '../kind.ts'
import type { Read } from './format.ts'
import { all, inputOf } from './input.ts'
import { type Heard, readXml } from './sax.ts'

interface Open {
  /** Attributes as `@name`, and child elements; a name that comes again becomes a list. */
  readonly holds: Map<string, unknown>
  text: string
}

function put(holds: Map<string, unknown>, name: string, value: unknown) {
  const known = holds.get(name)
  if (known === undefined) holds.set(name, value)
  else if (Array.isArray(known)) known.push(value)
  else holds.set(name, [known, value])
}

/** An element with nothing but text is that text; else its attributes, its elements, and its text as `#text`. */
function contentOf({ holds, text }: Open): unknown {
  const said = text.trim()
  if (holds.size === 0) return said
  if (said !== '') put(holds, '#text', said)
  return Object.fromEntries(holds)
}

/** A whole document as plain values, its root by its name. Throws an `Unreadable` at what is not well-formed. */
export async function parseXml(bytes: Uint8Array): Promise<unknown> {
  const root: Open = { holds: new Map(), text: '' }
  const open = [root]
  const heard: Heard = {
    open: ({ attributes }) => {
      open.push({ holds: new Map(Object.entries(attributes).map(([name, value]) => [`@${name}`, value])), text: '' })
    },
    text(text) {
      const last = open.at(-1)
      if (last) last.text += text
    },
    close(name) {
      const done = open.pop()
      const parent = open.at(-1)
      if (done && parent) put(parent.holds, name, contentOf(done))
    },
  }
  for await (const _ of readXml(all(inputOf(bytes)), heard)) await new Promise((resolve) => setImmediate(resolve))
  return Object.fromEntries(root.holds)
}

const isEmpty = (value: unknown): boolean =>
  value === '' ||
  (typeof value === 'object' && value !== null && Object.keys(value).every((name) => name.startsWith('@')))

/** A list of one element, and a list without any, look like no list at all: both are made one here. */
function asList(document: unknown, path: string): unknown {
  if (path === '' || path.startsWith('$')) return document
  const names = path.split('.')
  const copy = { list: document }
  let [holder, key]: [Record<string, unknown>, string] = [copy, 'list']
  for (const [index, name] of names.entries()) {
    const value = holder[key]
    if (index === names.length - 1 && isEmpty(value)) holder[key] = { ...(value as object), [name]: [] }
    else if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return document
    else holder[key] = { ...value }
    ;[holder, key] = [holder[key] as Record<string, unknown>, name]
  }
  if (!Array.isArray(holder[key])) holder[key] = [holder[key]]
  return copy.list
}

export const xml: Read = async (bytes, reading) => {
  try {
    const document = await parseXml(bytes)
    const found = rowsOf(asList(document, reading.rows), reading)
    return 'wrong' in found ? found : { ...found, document }
  } catch (cause) {
    if (cause instanceof Unreadable) return { wrong: cause.wrong }
    throw cause
  }
}
