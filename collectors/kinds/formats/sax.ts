/** XML read in pieces as events, without entities of its own: what declares a document type is refused. */
import { SaxesParser } from 'saxes'
import type { Text } from '../../../kpi/text.ts'
import { Unreadable } from '../kind.ts'

export interface Element {
  /** Without its prefix. */
  readonly name: string
  /** Attributes by name, without prefixes. */
  readonly attributes: Readonly<Record<string, string>>
}

export interface Heard {
  open?(element: Element): void
  text?(text: string): void
  close?(name: string): void
}

/** Elements within elements. */
const DEEPEST = 64

function local(name: string): string {
  const at = name.indexOf(':')
  return at < 0 ? name : name.slice(at + 1)
}

/** Attributes without what declares prefixes; most elements have neither, and keep the object the parser made. */
function plain(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const key in attributes)
    if (key.includes(':') || key === 'xmlns')
      return Object.fromEntries(
        Object.entries(attributes)
          .filter(([name]) => !/^xmlns(?::|$)/.test(name))
          .map(([name, value]) => [local(name), value]),
      )
  return attributes
}

const wrong = (why: string): Text => ({ vi: `XML không đọc được: ${why}`, en: `the XML cannot be read: ${why}` })

/** Tells `heard` what stands in the XML; yields after each piece, so that what was heard can be passed on. */
export async function* readXml(bytes: AsyncIterable<Uint8Array>, heard: Heard): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parser = new SaxesParser()
  let depth = 0
  parser.on('error', (cause) => {
    throw new Unreadable(wrong(cause.message), cause)
  })
  parser.on('doctype', () => {
    throw new Unreadable(
      wrong('có DOCTYPE; khai báo kiểu và thực thể không được nhận (document types and entities are refused)'),
    )
  })
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    if (depth > DEEPEST) throw new Unreadable(wrong(`> ${DEEPEST} levels`))
    heard.open?.({ name: local(name), attributes: plain(attributes as Readonly<Record<string, string>>) })
  })
  if (heard.text) {
    const hear = heard.text.bind(heard)
    parser.on('text', hear)
    parser.on('cdata', hear)
  }
  parser.on('closetag', ({ name }) => {
    depth -= 1
    heard.close?.(local(name))
  })
  const decode = (piece?: Uint8Array) => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined })
    } catch (cause) {
      throw new Unreadable(wrong('UTF-8?'), cause)
    }
  }
  for await (const piece of bytes) {
    parser.write(decode(piece))
    yield
  }
  parser.write(decode())
  parser.close()
  yield
}

/** Reads all of it. */
export async function hearXml(bytes: AsyncIterable<Uint8Array>, heard: Heard): Promise<void> {
  for await (const _ of readXml(bytes, heard));
}
