/** Keys among things that are links, in a grid or in rows: to which of them a key leads. Each of both is one stop of the Tab key. */
import { bare, wordsOf } from '../../kpi/spelling.ts'

/** The place in `all` a key leads to from `here`; undefined where it is no such key. A row has as many as stand beside the first. */
export function stepIn(all: readonly HTMLElement[], here: number, key: string): number | undefined {
  const top = all[0]?.offsetTop
  const second = all.findIndex(({ offsetTop }) => offsetTop !== top)
  const columns = second < 0 ? all.length : second
  const to: number | undefined = {
    ...{ ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: here + columns, ArrowUp: here - columns },
    ...{ Home: 0, End: all.length - 1 },
  }[key]
  return to === undefined ? undefined : within(to, all.length)
}

/** A place that is none is the nearest that is one. */
export const within = (place: number, count: number): number => Math.min(count - 1, Math.max(0, place))

/** Letters that follow each other sooner than this go on with a name, milliseconds. */
const SOON = 1000

/** What was typed of a name, and when the last letter of it. */
let typed = { text: '', at: Number.NEGATIVE_INFINITY }

const folded = (text: string) => wordsOf(text).map(bare).join(' ')

/** What a name begins with, or one of its words; one letter again leads on to the next. */
function named(names: readonly string[], here: number, text: string): number | undefined {
  const from = text.length > 1 ? here : here + 1
  const order = names.map((_, i) => (from + i) % names.length)
  return order.find((i) => names[i]?.startsWith(text)) ?? order.find((i) => ` ${names[i]}`.includes(` ${text}`))
}

/** Listens to the keys of rows, or of marks of a drawing, that lead to members: arrows, Home, End, ten at once, and the first letters of a name, with or without accents. */
export function rowKeys(event: KeyboardEvent): void {
  const all = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[data-member] a, a[data-member]')]
  const here = all.indexOf(event.target as HTMLElement)
  if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return
  const places: Readonly<Record<string, number>> = {
    ...{ ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + 10, PageUp: here - 10, Home: 0, End: all.length - 1 },
  }
  const going = typed.text !== '' && event.timeStamp - typed.at < SOON
  const letter = /^[\p{L}\p{N}]$/u.test(event.key) || (event.key === ' ' && going)
  let to = places[event.key]
  if (letter) {
    typed = { text: (going ? typed.text : '') + event.key.toLowerCase(), at: event.timeStamp }
    to = named(
      all.map((one) => folded(one.getAttribute('aria-label') ?? one.textContent ?? '')),
      here,
      typed.text.split(' ').map(bare).join(' '),
    )
  }
  if (to === undefined && !letter) return
  if (to !== undefined) all[within(to, all.length)]?.focus()
  event.preventDefault()
}
