/** `GET /api/contributions`: why a figure changed, misses its target or is unlike others: what each part brings to the difference, adding up exactly. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type ComparedWith, isElsewhere } from '../../kpi/compared.ts'
import {
  type Amount,
  againstAim,
  type Contribution,
  type Contributor,
  ofCount,
  ofMean,
  ofRatio,
} from '../../kpi/contribution.ts'
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Compared, QueryOf, Together } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { comparisonFor } from './against.ts'
import { changeOf } from './change.ts'
import { compare } from './compare.ts'
import { lackingOf } from './lacking.ts'
import { UNIT } from './like-sized.ts'

export async function contributions(
  store: Store,
  catalogue: Catalogue,
  asked: QueryOf<'contributions'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['contributions']> {
  const query = { ...asked, with: comparisonFor(catalogue.calendars, asked, asked.with, pulse.at) }
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  refuse(catalogue, indicator, query)
  const { rows, total, ...said } = await compare(store, catalogue, query, pulse, signal)
  const spoken = isElsewhere(query.with)
    ? elsewhere(rows, total)
    : rows.filter(({ now, earlier }) => now?.value != null || earlier?.value != null || has(now) || has(earlier))
  const shares = total === null ? null : sharesOf(indicator, spoken, total)
  if (shares === null && total?.change.value != null) throw new Refusal(422, NOT_WHOLE, 'by')
  const found = shares === null ? [] : spoken.map((row, i) => ({ ...row, ...(shares[i] as Contribution) }))
  const only = (side: 'now' | 'earlier', other: 'now' | 'earlier') =>
    spoken.filter((row) => has(row[side]) && !has(row[other])).map(({ key }) => key[query.by] ?? '')
  return {
    ...{ ...said, total },
    rows: found.sort((a, b) => size(b) - size(a)),
    uneven:
      query.with === 'target' || isElsewhere(query.with)
        ? NOBODY
        : { onlyNow: only('now', 'earlier'), onlyEarlier: only('earlier', 'now') },
    lacking: {
      now: lackingOf(total?.now ?? null, rows, 'now', query.by),
      earlier: lackingOf(total?.earlier ?? null, rows, 'earlier', query.by),
    },
  }
}

const NOBODY = { onlyNow: [], onlyEarlier: [] }

/** Whether a side said anything; 0/0 has no value and yet was said. */
const has = (side: Reading | null): boolean => side !== null && side.status !== 'no-data'

const size = ({ amount }: Contribution): number => Number(amount.replace('-', ''))

/** Parts beside the same parts of others: of counts each is told for one of all those units, so that the parts add up. Errors: a Refusal (422) where there are no others, or their parts do not add up. */
function elsewhere(rows: readonly Compared[], total: Compared | null): readonly Compared[] {
  const all = total?.beside
  if (total?.now && !all) throw new Refusal(422, NOBODY_BESIDE, 'with')
  const spoken = rows.filter(({ now, beside }) => has(now) || (beside?.value ?? beside?.denominator) != null)
  const sum = (of: (row: Compared) => string | null | undefined) =>
    spoken.reduce((added, row) => added + micro(of(row) ?? '0'), 0n)
  const adds = (of: (row: Compared) => string | null | undefined) => sum(of) === micro((total && of(total)) ?? '0')
  const parts = all?.denominator == null ? (['value'] as const) : (['numerator', 'denominator'] as const)
  if (all && !parts.every((part) => adds(({ now }) => now?.[part]) && adds(({ beside }) => beside?.[part])))
    throw new Refusal(422, NOT_WHOLE, 'by')
  return spoken.map((row) => {
    if (!all || !row.beside || row.beside.each === null) return row
    const each = decimal(micro(row.beside.value ?? '0') / BigInt(all.units))
    return {
      ...row,
      beside: { ...row.beside, units: all.units, each },
      change: changeOf(row.now, { value: each }, false),
    }
  })
}

const amountOf = (side: Reading | null): Amount | null =>
  side === null || !has(side)
    ? null
    : { numerator: side.numerator ?? side.value ?? '0', denominator: side.denominator ?? '0' }

const amountBeside = ({ numerator, denominator, value }: Together): Amount => ({
  numerator: numerator ?? value ?? '0',
  denominator: denominator ?? '0',
})

function sharesOf(indicator: Indicator, rows: readonly Compared[], total: Compared): readonly Contribution[] | null {
  const { change, target } = total
  if (change.value === null) return null
  const parts = rows.map(
    ({ now, earlier, beside }): Contributor => ({
      now: amountOf(now),
      earlier: beside ? amountBeside(beside) : amountOf(earlier),
    }),
  )
  if (indicator.kind !== 'ratio')
    return total.beside ? ofMean(parts, total.beside.units, change.value) : ofCount(parts, change.value)
  const scale = indicator.unit === 'percent' ? 100 : 1
  if (!target) return ofRatio(parts, change.value, scale)
  return againstAim(
    parts.map(({ now }) => now),
    target.value,
    change.value,
    scale,
  )
}

type Asked = Pick<QueryOf<'contributions'>, 'by' | 'where'> & { readonly with: ComparedWith }

/** Errors: a Refusal (422) where the parts of a figure do not add up to it, so that nobody's share can be told. */
function refuse(catalogue: Catalogue, indicator: Indicator, { by, where, with: how }: Asked): void {
  if (columnsOf(indicator, catalogue.indicators).across === 'only')
    throw new Refusal(
      422,
      {
        vi: 'Chỉ tiêu này không cộng được từ các phần (số đã công bố, số đếm riêng biệt hoặc điểm), nên không tính được phần đóng góp; hãy hỏi /api/compare.',
        en: 'The parts of this indicator do not add up (a reported figure, a distinct count or a score), so nobody’s share can be told; ask /api/compare.',
      },
      'indicator',
    )
  if (!indicator.dimensions.includes(by))
    throw new Refusal(
      422,
      {
        vi: `Chỉ tiêu này không chia theo “${by}”; chia được theo: ${indicator.dimensions.join(', ')}.`,
        en: `This indicator is not split by “${by}”; it is by: ${indicator.dimensions.join(', ')}.`,
      },
      'by',
    )
  if (how === 'target' && indicator.kind !== 'ratio')
    throw new Refusal(
      422,
      {
        vi: 'Phần đóng góp so với mục tiêu chỉ tính được cho tỷ lệ; hãy chọn with=previous, year hoặc like.',
        en: 'Shares against a target can only be told of a ratio; choose with=previous, year or like.',
      },
      'with',
    )
  if (!isElsewhere(how)) return
  if (where[UNIT] === undefined) throw new Refusal(422, NO_UNIT, 'where')
  const others = indicator.dimensions.filter((one) => one !== UNIT)
  if (by !== UNIT) return
  const [title, titles] = (['vi', 'en'] as const).map((language) =>
    others.map((id) => catalogue.dimensions.get(id)?.title[language] ?? id).join(', '),
  )
  throw new Refusal(
    422,
    others.length > 0
      ? {
          vi: `Vì sao một đơn vị khác nơi khác được kể theo các phần của chính nó, không theo đơn vị; hãy chia theo: ${title} (by=${others.join(', ')}).`,
          en: `Why a unit is unlike others is told by its own parts, not by units; split by: ${titles} (by=${others.join(', ')}).`,
        }
      : {
          vi: 'Chỉ tiêu này chỉ chia theo đơn vị: không có phần nào để kể vì sao đơn vị này khác nơi khác. Bảng so sánh cho biết khác bao nhiêu.',
          en: 'This indicator is split by unit only: there are no parts to tell why the unit is unlike others. The comparison says by how much.',
        },
    'by',
  )
}

const NO_UNIT = {
  vi: 'Cả nước không khác chính mình: hãy chọn một đơn vị (where=unit:…) để kể vì sao đơn vị đó khác cả nước hay nơi cùng cỡ.',
  en: 'The country is not unlike itself: choose a unit (where=unit:…) to be told why it is unlike the country or units of like size.',
}
const NOBODY_BESIDE = {
  vi: 'Không có nơi nào để đặt bên cạnh trong khoảng này (không có đơn vị cùng loại, hoặc đơn vị được chọn là cả một vùng và số đếm không so được với bình quân một đơn vị).',
  en: 'There is nobody to stand beside it in this range (no unit of its kind, or it is a whole region, whose count cannot be compared with the mean of a unit).',
}
const NOT_WHOLE = {
  vi: 'Các phần của chiều này không cộng lại đúng bằng con số của cả hai bên, nên không nói được phần nào đóng góp bao nhiêu; hãy chia theo chiều khác.',
  en: 'The parts of this dimension do not add up to the figures of both sides, so nobody’s share can be told; split by another dimension.',
}
