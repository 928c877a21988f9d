/** How periods are called: quý III/2020, Q3 2020; a report period always says its days. */
import { formatDate, formatDay, MONTHS } from './format.ts'
import { isReport, type Period } from './period.ts'
import type { Text } from './text.ts'

const ROMAN = ['I', 'II', 'III', 'IV']

function plain(of: Period): Text {
  const { kind, year, number, from, to } = of
  const ends = (say: (at: number) => string) => `(${say(from)}–${say(to - 1)})`
  if (kind === 'day') return { vi: formatDate(from), en: formatDay(from, 'en') }
  if (kind === 'week')
    return {
      vi: `tuần ${number}/${year} ${ends(formatDate)}`,
      en: `week ${number} of ${year} ${ends((at) => formatDay(at, 'en'))}`,
    }
  const bare = kind.replace('report-', '')
  if (bare === 'month') return { vi: `tháng ${number}/${year}`, en: `${MONTHS[number - 1]} ${year}` }
  if (bare === 'quarter') return { vi: `quý ${ROMAN[number - 1]}/${year}`, en: `Q${number} ${year}` }
  if (bare === 'half')
    return {
      vi: `6 tháng ${number === 1 ? 'đầu' : 'cuối'} năm ${year}`,
      en: `${number === 1 ? 'first' : 'second'} half of ${year}`,
    }
  if (bare === 'nine-months') return { vi: `9 tháng đầu năm ${year}`, en: `first nine months of ${year}` }
  return { vi: `năm ${year}`, en: `year ${year}` }
}

/** "quý III/2020", "kỳ báo cáo tháng 3/2020 (15/02/2020–14/03/2020)": a report period always says its days. */
export function periodLabel(of: Period): Text {
  const { vi, en } = plain(of)
  if (!isReport(of.kind)) return { vi, en }
  return {
    vi: `kỳ báo cáo ${vi} (${formatDate(of.from)}–${formatDate(of.to - 1)})`,
    en: `report period ${en} (${formatDay(of.from, 'en')}–${formatDay(of.to - 1, 'en')})`,
  }
}
