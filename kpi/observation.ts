/** An observation: one statement of a source about one indicator, its members and its span. */

/** Dimension → permanent member id, e.g. `{ unit: 'gia-lai-2025' }`. Keys are kept in alphabetical order (see `members()`). */
export type Members = Readonly<Record<string, string>>

export const STATES = ['taken', 'held', 'withdrawn', 'refused'] as const
/** `taken` counts; `held` is implausible and waits for a person; `withdrawn` takes the key's value back; `refused` is a person's word on a held one: it waits no more, and what else was said of the key stands. */
export type State = (typeof STATES)[number]
/** What a source's own word may be. */
export type SaidState = Exclude<State, 'refused'>

export const QUALIFIERS = ['exact', 'about', 'below', 'above'] as const
/** How the source worded the value: "gần 1,25 triệu" is `about`, "dưới 10" is `below`. */
export type Qualifier = (typeof QUALIFIERS)[number]

export interface Observation {
  /** Unique in the store and the same on every retry: `<run>.<position>`. */
  readonly id: string
  readonly indicator: string
  readonly source: string
  readonly members: Members
  /** The span `[from, to)` in UTC milliseconds; a moment is an empty span. */
  readonly from: number
  readonly to: number
  /** Canonical decimal text, at most 32 digits before the point and 6 after it (Decimal(38,6)). */
  readonly value: string
  readonly qualifier: Qualifier
  readonly state: State
  /** Why it is held; empty otherwise. */
  readonly reason: string
  /** When the border took it, UTC milliseconds; kept on retry; orders the versions of a key. */
  readonly received: number
  /** The collector's run that brought it. */
  readonly run: string
  /** What the source literally said (raw code, raw value), as provenance. */
  readonly stated: string
  /** Document and exact quote, where the statement was published. */
  readonly citation: string
}

/** What `stored` adds: the store's clock at insert, UTC milliseconds. */
export interface StoredObservation extends Observation {
  readonly stored: number
}

/** Members with their dimensions in alphabetical order, so that equal members are equal text. */
export function members(entries: Readonly<Record<string, string>>): Members {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

const DECIMAL = /^(-?)0*(\d{1,32}?)(?:\.(\d*?)0*)?$/

/** What most values are: a whole number that is written as it is kept. */
const COUNT = /^(?:0|[1-9]\d{0,30})$/

/** Canonical Decimal(38,6) text of a plain decimal ("007.50" → "7.5"), or null when it is not one or does not fit exactly. */
export function decimal(text: string): string | null {
  if (COUNT.test(text)) return text
  const match = DECIMAL.exec(text)
  if (!match) return null
  const [, sign = '', whole = '0', fraction = ''] = match
  if (fraction.length > 6) return null
  const digits = fraction === '' ? whole : `${whole}.${fraction}`
  return digits === '0' ? '0' : sign + digits
}
