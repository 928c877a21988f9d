/** XML read in pieces as events, without entities of its own: what declares a document type is refused. */
import { SaxesParser } from 'saxes'
import type { Text } from '../../../kpi/text.ts'
import { Unreadable } from '../kind.ts'
import { marked } from './encoding.ts'

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

/** How XML is written (XML 1.0, appendix F): as its byte order mark says, or its first line; in UTF-8 where neither does. */
function encodingOf(head: Uint8Array): string {
  const mark = marked(head)
  if (mark) return mark
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be'
  const line = new TextDecoder('latin1').decode(head.subarray(0, 200))
  const said = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(line)?.[1]
  // Of single bytes that say UTF-16 a program has written text again, and left its first line as it was.
  return said === undefined || /^utf/i.test(said) ? 'utf-8' : said
}

/** Reads bytes as they are said to be written. */
function decoding(head: Uint8Array) {
  const encoding = encodingOf(head)
  let decoder: TextDecoder | null = null
  return (piece?: Uint8Array): string => {
    try {
      decoder ??= new TextDecoder(encoding, { fatal: true })
      return decoder.decode(piece, { stream: piece !== undefined })
    } catch (cause) {
      throw new Unreadable(
        { vi: `XML không đọc được theo ${encoding}`, en: `the XML cannot be read as ${encoding}` },
        cause,
      )
    }
  }
}

/** Tells `heard` what stands in the XML; yields after each piece, so that what was heard can be passed on. */
export async function* readXml(bytes: AsyncIterable<Uint8Array>, heard: Heard): AsyncGenerator<void> {
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
  let decode: ReturnType<typeof decoding> | null = null
  for await (const piece of bytes) {
    decode ??= decoding(piece)
    parser.write(decode(piece))
    yield
  }
  parser.write(decode?.() ?? '')
  parser.close()
  yield
}

/** Reads all of it. */
export async function hearXml(bytes: AsyncIterable<Uint8Array>, heard: Heard): Promise<void> {
  for await (const _ of readXml(bytes, heard));
}
