/** What is written on a PDF whose letters are embedded, as text: each run of glyphs by the map to Unicode of its own font. */
import { inflateSync } from 'node:zlib'

/** The texts of a PDF in the order they are written, a space between two of them, pages one behind the other. Errors: a run in a font without a map. */
export function pdfText(bytes: Buffer): string {
  const raw = bytes.toString('latin1')
  const objects = new Map(
    [...raw.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs)].map(([, id = '', body = '']) => [id, body] as const),
  )
  const fonts = new Map(
    [...raw.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1] ?? ''
      return [name, lettersOf(stream(objects.get(map) ?? ''))] as const
    }),
  )
  return [...objects.values()]
    .filter((body) => body.includes('stream'))
    .map(stream)
    .filter((content) => content.includes(' TJ'))
    .map((content) => written(content, fonts))
    .join(' ')
    .replace(/\s+/g, ' ')
}

function stream(body: string): string {
  const found = /^(.*?)\nstream\n(.*)\nendstream/s.exec(body)
  if (!found) return ''
  const [, head = '', data = ''] = found
  const bytes = Buffer.from(data, 'latin1')
  return (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
}

/** Glyphs by their number, from ranges `<0000> <0004> [<0041> <0042> …]`. */
function lettersOf(map: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>()
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/gis))
    for (const [i, [, code = '']] of [...list.matchAll(/<([0-9a-f ]*)>/gi)].entries()) {
      const units = code.replace(/ /g, '').match(/.{4}/g) ?? []
      letters.set(Number.parseInt(first, 16) + i, String.fromCharCode(...units.map((one) => Number.parseInt(one, 16))))
    }
  return letters
}

function written(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let [text, font] = ['', '']
  // A text object may be several runs, where letters stand a little off.
  for (const [all, name, run] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ|\nET\n/gs)) {
    if (name !== undefined) font = name
    else if (all === '\nET\n') text += ' '
    else {
      const letters = fonts.get(font)
      if (!letters) throw new Error(`the font ${font} says not which letters its glyphs are`)
      const glyphs = [...(run ?? '').matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      text += glyphs.map((glyph) => letters.get(Number.parseInt(glyph, 16)) ?? '\ufffd').join('')
    }
  }
  return text
}
