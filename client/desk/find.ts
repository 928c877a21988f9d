/** Finding by typing: indicators and units by any part of their names, with and without accents; "đúng hạn hà nội" finds both at once. */
import type { Indicator } from '../../kpi/indicator.ts'
import { bare, wordsOf } from '../../kpi/spelling.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { DeskRoute } from '../link/desk-route.ts'
import { words } from '../words/index.ts'
import { splitOf } from './fitting.ts'

export interface Found {
  /** Null: only the unit is changed. */
  readonly indicator: Indicator | null
  /** Null: only the indicator is. */
  readonly unit: string | null
  readonly name: string
  /** What kind of thing it is, or where it belongs. */
  readonly about: string
}

interface Named {
  readonly id: string
  readonly name: string
  readonly words: readonly string[]
  readonly exact: readonly string[]
}

const named = (id: string, name: string, ...more: readonly string[]): Named => {
  const exact = [name, ...more].flatMap((text) => wordsOf(text))
  const joined = wordsOf(name)
  // "Hanoi" is how it is written elsewhere.
  const all = joined.length > 1 ? [...exact, joined.map(bare).join('')] : exact
  return { id, name, exact: all, words: all.map(bare) }
}

/** How well all of `typed` begin words of a thing: the more of it they are and the nearer in accents the better; 0 when any does not. */
function match(thing: Named, typed: readonly string[]): number {
  let points = 0
  for (const word of typed) {
    const place = thing.words.findIndex(
      (one, i) => one.startsWith(bare(word)) && (plainly(word) || near(thing.exact[i], word)),
    )
    if (place < 0) return 0
    points += (thing.words[place]?.length === bare(word).length ? 2 : 1) + (thing.exact[place] === word ? 0.5 : 0)
  }
  return points / (2 + thing.words.length / 4)
}

const plainly = (word: string) => bare(word) === word
/** Tones stand at the end of a word as `wordsOf` tells it. */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]+$/u
/** What was typed with accents means them: "thánh" is not "thanh", but a word may be half typed. */
const near = (exact = '', word: string) =>
  exact.replace(TONE, '').startsWith(word.replace(TONE, '')) &&
  (!TONE.test(word) || TONE.exec(exact)?.[0] === TONE.exec(word)?.[0])

/** How many are found at most. */
const MOST = 12

/** An indicator as it is found. */
export const foundOf = (indicator: Indicator, language: Language): Found => ({
  ...{ indicator, unit: null, name: indicator.title[language] },
  about: indicator.unit === 'percent' ? '%' : indicator.unit[language],
})

/** What is asked otherwise once something that was found is chosen: the unit, the figure with what only an other one had left out, or both. */
export function chosen({ indicator, unit }: Found, desk: DeskRoute): Partial<DeskRoute> {
  const whose = unit === null ? {} : { where: { ...desk.where, unit } }
  if (indicator === null) return whose
  const where = Object.entries({ ...desk.where, ...(unit === null ? {} : { unit }) })
  return {
    ...{ indicator: indicator.id, sort: null, per: null, within: null, by: splitOf(indicator, desk.by) },
    where: Object.fromEntries(where.filter(([dimension]) => indicator.dimensions.includes(dimension))),
  }
}

/** What fits what was typed and is `wanted`, the best first; nothing typed, nothing found. */
export function find(
  catalogue: Known,
  typed: string,
  language: Language,
  wanted: (found: Found) => boolean = () => true,
): readonly Found[] {
  const asked = wordsOf(typed)
  if (typed.trim() === '' || asked.length === 0) return []
  const indicators = [...catalogue.indicators.values()].map((indicator) => ({
    indicator,
    ...named(
      indicator.id,
      indicator.title[language],
      language === 'vi' ? indicator.title.en : indicator.title.vi,
      indicator.id,
    ),
  }))
  const units = [...(catalogue.dimensions.get('unit')?.members.values() ?? [])].map(({ id, name, to }) => ({
    former: to !== undefined,
    ...named(id, name[language], language === 'vi' ? name.en : name.vi),
  }))
  const found: (Found & { readonly points: number })[] = []
  for (const one of indicators) {
    const points = match(one, asked)
    if (points > 0) found.push({ ...foundOf(one.indicator, language), points })
  }
  for (const unit of units) {
    const points = match(unit, asked)
    if (points > 0)
      found.push({
        indicator: null,
        unit: unit.id,
        name: unit.name,
        about: unit.former ? words(language).beforeMerger : '',
        points: points + (unit.former ? -0.1 : 0.2),
      })
  }
  // Some words mean the figure and the others the unit, whichever comes first.
  for (let cut = 1; cut < asked.length; cut++)
    for (const [what, who] of [
      [asked.slice(0, cut), asked.slice(cut)],
      [asked.slice(cut), asked.slice(0, cut)],
    ] as const) {
      const whose = best(units, who, 2)
      for (const { thing: unit, points: a } of whose)
        for (const { thing: one, points: b } of best(indicators, what, 4))
          if (one.indicator.dimensions.includes('unit'))
            found.push({
              indicator: one.indicator,
              unit: unit.id,
              name: one.name,
              about: unit.name,
              points: (a + b) * 0.6 - (unit.former ? 0.2 : 0),
            })
    }
  const seen = new Set<string>()
  return found
    .sort((a, b) => b.points - a.points || a.name.length - b.name.length)
    .filter(({ indicator, unit }) => {
      const name = `${indicator?.id ?? ''} ${unit ?? ''}`
      return !seen.has(name) && seen.add(name)
    })
    .map(({ points: _, ...rest }) => rest)
    .filter(wanted)
    .slice(0, MOST)
}

function best<T extends Named>(things: readonly T[], typed: readonly string[], most: number) {
  return things
    .map((thing) => ({ thing, points: match(thing, typed) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
}
