/** An incident in sentences, in both languages: what it is, whom it names, who has it in hand. Glass, messages and the command line say the same. Pure. */
import { formatNumber } from './format.ts'
import type { Incident } from './incident.ts'
import type { Indicator } from './indicator.ts'
import type { Members } from './observation.ts'
import type { Condition } from './rule.ts'
import type { Language } from './text.ts'

/** How members are called: by the catalogue of whoever speaks. */
export type NameOf = (dimension: string, member: string, language: Language) => string

/** What of an incident is spoken of. */
export type Told = Pick<Incident, 'title' | 'points' | 'more' | 'contributions' | 'source'>

const NAMED = 5

/** The names of the points that are split, the longest standing first: "Gia Lai, Lâm Đồng và 3 nơi khác"; empty for a total. */
export function sayPoints({ points, more }: Told, nameOf: NameOf, language: Language, most = NAMED): string {
  const names = [...new Set(points.map(({ key }) => memberNames(key, nameOf, language)).filter(Boolean))]
  const rest = names.length - most + more
  const named = names.slice(0, most).join(', ')
  if (names.length === 0 || rest <= 0) return named
  return language === 'vi' ? `${named} và ${rest} nơi khác` : `${named} and ${rest} more`
}

const memberNames = (key: Members, nameOf: NameOf, language: Language) =>
  Object.entries(key)
    .map(([dimension, member]) => nameOf(dimension, member, language))
    .join(' · ')

/** Who makes up a national breach: "Gia Lai, Lâm Đồng góp 61 % mức thiếu"; empty where nobody stands out. */
export function sayBreach({ contributions }: Told, nameOf: NameOf, language: Language): string {
  if (!contributions || contributions.named.length === 0) return ''
  const names = contributions.named.map(({ id }) => nameOf(contributions.by, id, language)).join(', ')
  // Others make up for some of it: then a share says less than what would be without them.
  if (Number(contributions.share) > 100)
    return language === 'vi' ? `không kể ${names} thì trong ngưỡng` : `without ${names} it would be within the limit`
  const share = formatNumber(contributions.share, language, 0)
  return language === 'vi' ? `${names} góp ${share} % mức lệch` : `${names}: ${share} % of it`
}

/** A condition in words, with the limit it is compared with where one is known, in the unit of its indicator: "dưới 80 %", "trên 10 nhiệm vụ". */
export function sayCondition(
  when: Condition | null,
  limit: string | null,
  language: Language,
  unit: Indicator['unit'] | null = null,
): string {
  if (!when) return ''
  const known = limit !== null && Number.isFinite(Number(limit))
  const plain = known ? formatNumber(limit, language, places(limit)) : ''
  // A share of units, and how far sources differ, are percentages whatever the indicator counts.
  const own = unit === null || when.coverage || when.differ ? '' : unit === 'percent' ? ' %' : ` ${unit[language]}`
  const number = known ? `${plain}${own}` : ''
  const vi = language === 'vi'
  if (when.above !== undefined || when.status || when.target || when.below !== undefined) {
    const above = when.above !== undefined
    const below = when.below !== undefined
    if (above) return vi ? `trên ${number}` : `above ${number}`
    if (below) return vi ? `dưới ${number}` : `below ${number}`
    // What is compared with is less than the target where the rule leaves some room.
    if (when.target?.short)
      return vi ? `chưa đạt mục tiêu, quá ngưỡng báo ${number}` : `short of the target, past ${number}`
    if (when.target) return vi ? `chưa đạt mục tiêu ${number}` : `short of the target ${number}`
    return vi ? `kém ngưỡng ${number}` : `worse than the limit ${number}`
  }
  if (when.band) return vi ? `ngoài dải thường thấy (ngưỡng ${number})` : `outside the usual band (limit ${number})`
  if (when.age)
    return when.age === 'late'
      ? vi
        ? 'số liệu đến muộn'
        : 'figures are late'
      : vi
        ? 'số liệu đã cũ hoặc chưa có'
        : 'figures are stale or missing'
  if (when.coverage) return vi ? `chưa đủ ${number} % đơn vị báo cáo` : `fewer than ${number} % report`
  if (when.held) return vi ? 'số mới đang bị giữ lại' : 'a newer value is held'
  if (when.identity) return vi ? 'đẳng thức không khớp' : 'an identity is broken'
  if (when.differ) return vi ? `các nguồn lệch hơn ${number} %` : `sources differ by more than ${number} %`
  return vi ? 'không trả lời' : 'does not answer'
}

const places = (text: string) => Math.min(2, text.split('.')[1]?.length ?? 0)
