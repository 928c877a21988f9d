/** Causes: points that have one reason are one incident. What a silent source feeds is the source's, whatever rule saw it; everything else is its rule's. Pure. */
import type { Rule } from './rule.ts'

/** A point whose condition counts, as a cause is looked for. */
export interface Found {
  readonly rule: Rule
  /** `pointKey` of its members. */
  readonly key: string
  /** The sources that feed it: those its reading names, else those that should state it. */
  readonly sources: readonly string[]
  /** Of a rule about sources: the source itself. */
  readonly source: string | null
}

export interface Surroundings {
  /** Sources that do not answer at this moment. */
  readonly silent: ReadonlySet<string>
  /** Whether every source that is asked over the network is silent, and there are several. */
  readonly allSilent: boolean
  /** The source that stands for the system a source belongs to. */
  readonly systemOf: (source: string) => string
  /** `rule source` → how many points of the rule the source feeds. */
  readonly fed: ReadonlyMap<string, number>
}

/** So many, and this share of all that a source feeds, are silent together: then it is the source. */
const SEVERAL = 3
const SHARE = 0.8

/** All sources at once are silent: then it is what asks them, or the line. */
export const COLLECTORS = 'collectors'
export const causeOfSource = (source: string): string => `source@${source}`

/** The source of a cause; null where it is none. */
export const sourceOf = (cause: string): string | null =>
  cause.startsWith('source@') ? cause.slice('source@'.length) : null

/** Whether a rule is about something not being there. */
const aboutAbsence = ({ when }: Rule) => when.age !== undefined || when.coverage !== undefined || when.silent === true

/** The cause of each point, in the order given. */
export function causesOf(found: readonly Found[], around: Surroundings): readonly string[] {
  const together = new Map<string, number>()
  for (const one of found)
    if (aboutAbsence(one.rule))
      for (const source of one.sources)
        together.set(`${one.rule.id} ${source}`, (together.get(`${one.rule.id} ${source}`) ?? 0) + 1)
  const of = (source: string) => causeOfSource(around.allSilent ? COLLECTORS : around.systemOf(source))
  return found.map((one) => {
    const { rule } = one
    if (one.source !== null) return of(one.source)
    if (aboutAbsence(rule) && one.sources.length > 0) {
      if (one.sources.every((source) => around.silent.has(source))) return of(one.sources[0] as string)
      const source = one.sources.find((each) => {
        const name = `${rule.id} ${each}`
        const bad = together.get(name) ?? 0
        return bad >= SEVERAL && bad >= SHARE * (around.fed.get(name) ?? Number.POSITIVE_INFINITY)
      })
      if (source !== undefined) return causeOfSource(around.systemOf(source))
    }
    return rule.each ? `${rule.id}@${one.key}` : rule.id
  })
}
