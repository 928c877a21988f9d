/** What an indicator meant before: its former versions, the days each held, and where a stretch of time crosses from one to the next. Pure. */
import type { Indicator } from './indicator.ts'
import { dayStart, type Span } from './range.ts'

/** What a version fixes: the rest of a declaration (titles, limits, targets, windows) may change without a new one. */
export interface Definition {
  /** The kind, or the two parts of a ratio, or the digest of a score's rules. */
  readonly formula: string
  readonly unit: string
  readonly better: string
  readonly dimensions: string
}

export interface FormerVersion {
  readonly version: number
  /** The first day of the version that followed. */
  readonly until: string
  readonly definition: Definition
  /** The indicator as it was computed then, under an id of its own; null where the figures are those of today. */
  readonly indicator: Indicator | null
}

/** Where a definition changed: the moment the new one begins, and what held before. */
export interface Break {
  readonly at: number
  /** The version that begins. */
  readonly version: number
  readonly was: Definition
}

export interface Versioned {
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Former versions by indicator, oldest first. */
  readonly former?: ReadonlyMap<string, readonly FormerVersion[]>
}

/** All that is computed: the indicators of today, and what was computed otherwise before. */
export function everyVersion<C extends Versioned>(catalogue: C): C {
  const before = [...(catalogue.former?.values() ?? [])].flat().flatMap(({ indicator }) => indicator ?? [])
  if (before.length === 0) return catalogue
  return {
    ...catalogue,
    indicators: new Map([...catalogue.indicators, ...before.map((one) => [one.id, one] as const)]),
  }
}

/** A stretch under one definition, and by which id it is computed. */
export interface Stretch extends Span {
  readonly id: string
}

/** A span cut where the definition changed, in time order; and those changes. */
export function stretchesOf(
  catalogue: Versioned,
  id: string,
  { from, to }: Span,
): { readonly stretches: readonly Stretch[]; readonly breaks: readonly Break[] } {
  const former = catalogue.former?.get(id) ?? []
  const stretches: Stretch[] = []
  const breaks: Break[] = []
  let begin = from
  for (const { version, until, definition, indicator } of former) {
    const at = dayStart(until)
    if (at <= begin || begin >= to) continue
    const end = Math.min(at, to)
    stretches.push({ from: begin, to: end, id: indicator?.id ?? id })
    if (at < to) breaks.push({ at, version: version + 1, was: definition })
    begin = end
  }
  if (begin < to) stretches.push({ from: begin, to, id })
  return { stretches, breaks }
}

/** The definition that holds at the end of a span, the part of the span it holds for, and the changes before: one figure is of one definition. */
export function lastDefinition(
  catalogue: Versioned,
  id: string,
  span: Span,
): { readonly indicator: Indicator | undefined; readonly span: Span; readonly breaks: readonly Break[] } {
  const { stretches, breaks } = stretchesOf(catalogue, id, span)
  const last = stretches.at(-1)
  const former = catalogue.former?.get(id)?.find(({ indicator }) => indicator?.id === last?.id)?.indicator
  const { from, to } = last ?? span
  return { indicator: former ?? catalogue.indicators.get(id), span: { from, to }, breaks }
}
