/** Whether a text is a schedule: six parts, each within its bounds. When it is due is not asked here. */

const PARTS = [
  { name: 'second', least: 0, most: 59 },
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12 },
  { name: 'weekday', least: 0, most: 7 },
] as const

/** `*`, `7`, `1-5`, any of them with `/n`. */
const ITEM = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,3}))?$/

function fits(item: string, least: number, most: number): boolean {
  const match = ITEM.exec(item)
  if (!match) return false
  const [, first, last, step] = match
  const from = first === undefined ? least : Number(first)
  const to = last === undefined ? from : Number(last)
  return from >= least && from <= to && to <= most && (step === undefined || Number(step) > 0)
}

/** The parts that are wrong, as written; null when there are not six of them. Empty when the schedule is sound. */
export function wrongParts(text: string): readonly string[] | null {
  const parts = text.trim().split(/\s+/)
  if (parts.length !== PARTS.length) return null
  return PARTS.flatMap(({ name, least, most }, i) => {
    const part = parts[i] ?? ''
    return part.split(',').every((item) => fits(item, least, most)) ? [] : [`${name} ${part}`]
  })
}
