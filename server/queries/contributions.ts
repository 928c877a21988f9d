/** `GET /api/contributions`: why a figure changed, or misses its target: what each part brings to the difference, adding up exactly. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Amount, againstAim, type Contribution, ofCount, ofRatio } from '../../kpi/contribution.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Compared, QueryOf } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { compare } from './compare.ts'

export async function contributions(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'contributions'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['contributions']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  refuse(catalogue, indicator, query)
  const { rows, total, ...said } = await compare(store, catalogue, query, pulse, signal)
  const spoken = rows.filter(
    ({ now, earlier }) => now?.value != null || earlier?.value != null || has(now) || has(earlier),
  )
  const shares = total === null ? null : sharesOf(indicator, spoken, total)
  const found = shares === null ? [] : spoken.map((row, i) => ({ ...row, ...(shares[i] as Contribution) }))
  const only = (side: 'now' | 'earlier', other: 'now' | 'earlier') =>
    spoken.filter((row) => has(row[side]) && !has(row[other])).map(({ key }) => key[query.by] ?? '')
  return {
    ...{ ...said, total },
    rows: found.sort((a, b) => size(b) - size(a)),
    uneven: query.with === 'target' ? NOBODY : { onlyNow: only('now', 'earlier'), onlyEarlier: only('earlier', 'now') },
  }
}

const NOBODY = { onlyNow: [], onlyEarlier: [] }

/** Whether a side said anything; 0/0 has no value and yet was said. */
const has = (side: Reading | null): boolean => side !== null && side.status !== 'no-data'

const size = ({ amount }: Contribution): number => Number(amount.replace('-', ''))

const amountOf = (side: Reading | null): Amount | null =>
  side === null || !has(side)
    ? null
    : { numerator: side.numerator ?? side.value ?? '0', denominator: side.denominator ?? '0' }

function sharesOf(indicator: Indicator, rows: readonly Compared[], total: Compared): readonly Contribution[] | null {
  const { change, target } = total
  if (change.value === null) return null
  const parts = rows.map(({ now, earlier }) => ({ now: amountOf(now), earlier: amountOf(earlier) }))
  if (indicator.kind !== 'ratio') return ofCount(parts)
  const scale = indicator.unit === 'percent' ? 100 : 1
  if (!target) return ofRatio(parts, change.value, scale)
  return againstAim(
    parts.map(({ now }) => now),
    target.value,
    change.value,
    scale,
  )
}

/** Errors: a Refusal (422) where the parts of a figure do not add up to it, so that nobody's share can be told. */
function refuse(catalogue: Catalogue, indicator: Indicator, { by, with: how }: QueryOf<'contributions'>): void {
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
}
