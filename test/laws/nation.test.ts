/** The law of sums: units add up to their nation and channels to their unit, to the last digit, whichever sources speak and whoever went into whom. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Indicator } from '../../kpi/indicator.ts'
import { gather, type SeriesRow } from '../../server/queries/gather.ts'

const UNITS = ['ha-noi', 'hue', 'gia-lai', 'binh-dinh', 'gia-lai-2025']
/** Those of before the reform went into one. */
const HEIRS = new Map([
  ['gia-lai', 'gia-lai-2025'],
  ['binh-dinh', 'gia-lai-2025'],
])
const AUTHORITY = ['second-by-name', 'first-by-name']
const [SOURCES, CHANNELS] = [
  [...AUTHORITY, 'unlisted'],
  ['online', 'post'],
]

/** Whole micro-units and their text, as the store keeps both. */
const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
const text = (micro: bigint) => {
  const digits = (micro < 0n ? -micro : micro).toString().padStart(7, '0')
  return `${micro < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}
/** The same of a figure as it is told: "7" as "7.000000". */
const micro = (figure: string | null | undefined) => {
  const [whole = '', part = ''] = (figure ?? '').split('.')
  return BigInt(`${whole}${part.padEnd(6, '0')}`)
}

const statement = fc.record({
  source: fc.constantFrom(...SOURCES),
  unit: fc.constantFrom(...UNITS),
  channel: fc.constantFrom(...CHANNELS),
  above: amount,
  below: amount,
})
const statements = fc.uniqueArray(statement, {
  selector: ({ source, unit, channel }) => `${source} ${unit} ${channel}`,
  minLength: 1,
  maxLength: 30,
})

const label = { vi: 'x', en: 'x' }
const SHARE = { ...Indicator.parse({ title: label, ratio: { of: 'a', to: 'b' }, unit: 'percent' }), kind: 'ratio' }
const WHOLE = { ...Indicator.parse({ title: label, kind: 'flow', unit: label }), kind: 'flow' }

test.each([
  ['a count', WHOLE],
  ['a ratio by its parts', SHARE],
])('%s: the parts of every split come to the same whole, and it is that of the model', (_name, indicator) => {
  fc.assert(
    fc.property(statements, (said) => {
      const rows = said.map(({ source, unit, channel, above, below }): SeriesRow => {
        const times = { at: 2, from: 1, to: 2, spans: 1, held: 0, corrected: 0, qualifier: 'exact' as const }
        return {
          ...{ indicator: 'law/x', source, members: { channel, unit }, ...times },
          ...{ numerator: text(above), denominator: text(below) },
        }
      })
      // Of those who speak of one unit and channel the first by authority counts.
      const counted = said.filter((one) =>
        said.every(
          (other) =>
            other.unit !== one.unit ||
            other.channel !== one.channel ||
            SOURCES.indexOf(other.source) >= SOURCES.indexOf(one.source),
        ),
      )
      const sums = (some: readonly (typeof said)[number][]) => [
        some.reduce((sum, { above }) => sum + above, 0n),
        some.reduce((sum, { below }) => sum + below, 0n),
      ]
      const ask = (by: readonly string[]) =>
        gather(rows, {
          ...{ indicator: { ...indicator, id: 'law/x' } as Indicator & { id: string }, by, who: 'unit', heirs: HEIRS },
          ...{ columns: { across: 'sum', stands: false }, gone: () => false, ended: new Map() },
          ...{ authority: AUTHORITY, otherwise: [], newestOnly: false },
        } as Parameters<typeof gather>[1])
      const told = (fact: { readonly numerator: string | null; readonly denominator: string | null } | null) =>
        [fact?.numerator, fact?.denominator].map(micro)
      for (const by of [['unit'], ['channel'], ['channel', 'unit']]) {
        const { total, points } = ask(by)
        expect(told(total)).toEqual(sums(counted))
        const parts = [...points.values()].map(told)
        expect([0, 1].map((i) => parts.reduce((sum, part) => sum + (part[i] ?? 0n), 0n))).toEqual(sums(counted))
      }
      for (const { key, ...fact } of ask(['unit']).points.values()) {
        const own = counted.filter(({ unit }) => (HEIRS.get(unit) ?? unit) === key.unit)
        expect(told(fact)).toEqual(sums(own))
      }
    }),
    { numRuns: 100 },
  )
})
