/** What the figures of a file mean and how far to believe them: definition, version, source time, coverage, data version. */
import { pairText } from '../../kpi/exported.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language, Text } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { TableContext } from './columns.ts'
import { isoLocal, type Table } from './table.ts'

/** What the figures mean and how far to believe them. */
export function aboutOf(
  { catalogue, indicator, where }: Pick<TableContext, 'catalogue' | 'indicator' | 'where'>,
  {
    pulse,
    address,
    said,
    total,
  }: {
    readonly pulse: Pulse
    readonly address: string
    readonly said?: Text | undefined
    readonly total?: Reading | null | undefined
  },
): Table['about'] {
  const both = (text: string): Text => ({ vi: text, en: text })
  const { ratio, definition, version } = indicator
  const nameOf = (id: string, language: Language) =>
    catalogue.dimensions.get(indicator.dimensions[0] ?? '')?.members.get(id)?.name[language] ?? id
  const covered = ({ coverage: { reported, expected, missing } }: Reading, language: Language) =>
    [
      `${reported}/${expected}`,
      ...(missing.length > 0 ? [missing.map((id) => nameOf(id, language)).join(', ')] : []),
    ].join('; ')
  const part = (id: string) => catalogue.indicators.get(id)?.title ?? both(id)
  const lines: (readonly [Text, Text | null | undefined])[] = [
    [{ vi: 'Chỉ tiêu', en: 'Indicator' }, indicator.title],
    [{ vi: 'Mã', en: 'Id' }, both(indicator.id)],
    [{ vi: 'Định nghĩa', en: 'Definition' }, definition],
    [
      { vi: 'Công thức', en: 'Formula' },
      ratio && {
        vi: `Σ ${part(ratio.of).vi} / Σ ${part(ratio.to).vi}`,
        en: `Σ ${part(ratio.of).en} / Σ ${part(ratio.to).en}`,
      },
    ],
    [{ vi: 'Phiên bản định nghĩa', en: 'Version of the definition' }, both(String(version))],
    [{ vi: 'Đơn vị tính', en: 'Unit of measure' }, indicator.unit === 'percent' ? both('%') : indicator.unit],
    [{ vi: 'Lọc', en: 'Filter' }, Object.keys(where).length > 0 ? both(pairText(where)) : null],
    [{ vi: 'So sánh', en: 'Comparison' }, said],
    [{ vi: 'Giờ nguồn', en: 'Source time' }, total?.asOf == null ? null : both(isoLocal(total.asOf))],
    [
      { vi: 'Báo cáo', en: 'Coverage' },
      total?.coverage.expected == null ? null : { vi: covered(total, 'vi'), en: covered(total, 'en') },
    ],
    [
      { vi: 'Dữ liệu mô phỏng', en: 'Simulated data' },
      total?.marks.includes('simulated') ? { vi: 'có', en: 'yes' } : null,
    ],
    [{ vi: 'Phiên bản dữ liệu', en: 'Data version' }, both(`${pulse.at} ${pulse.store}`)],
    [{ vi: 'Như lúc', en: 'As of' }, both(isoLocal(pulse.at))],
    [{ vi: 'Câu hỏi', en: 'Question' }, both(address)],
  ]
  return lines.flatMap(([label, text]) => (text ? [[label, text] as const] : []))
}
