/** What a message says, in the language of its role; that it is a drill, simulated or perhaps a repeat is said by itself and cannot be left out. Pure. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { formatDate, formatTime } from '../../kpi/format.ts'
import type { Entry, Incident } from '../../kpi/incident.ts'
import { sayBreach, sayCondition, sayPoints } from '../../kpi/incident-say.ts'
import type { Language } from '../../kpi/text.ts'

/** One thing to tell: the entry that owes the message, and the incident as it is. */
export interface News {
  readonly entry: Entry
  readonly incident: Incident
}

export interface Message {
  /** The same for every try: receivers may know a repeat by it. */
  readonly id: string
  readonly subject: string
  readonly text: string
  /** For programs. */
  readonly data: object
}

const WORDS = {
  vi: {
    ...{ opened: 'Sự cố mới', changed: 'Sự cố lan rộng', escalated: 'Chưa ai nhận', due: 'Quá hẹn', closed: 'Đã hết' },
    ...{ critical: 'nghiêm trọng', warning: 'chú ý', drill: 'DIỄN TẬP', simulated: 'MÔ PHỎNG', again: 'có thể đã gửi' },
    ...{
      since: 'Từ',
      taken: 'Đang có',
      nobody: 'chưa ai nhận',
      action: 'Việc cần làm',
      see: 'Xem và nhận việc',
      id: 'Mã',
    },
    ...{ closedAt: 'Đóng lúc', reason: 'lý do', digest: (count: number) => `Tổng hợp ${count} tin về sự cố` },
  },
  en: {
    ...{
      opened: 'New incident',
      changed: 'Incident spreads',
      escalated: 'Taken by nobody',
      due: 'Overdue',
      closed: 'Over',
    },
    ...{
      critical: 'critical',
      warning: 'warning',
      drill: 'DRILL',
      simulated: 'SIMULATED',
      again: 'may have been sent before',
    },
    ...{
      since: 'Since',
      taken: 'In hand',
      nobody: 'nobody has it',
      action: 'What to do',
      see: 'See and take it',
      id: 'Id',
    },
    ...{ closedAt: 'Closed at', reason: 'reason', digest: (count: number) => `${count} messages about incidents` },
  },
} as const

const when = (at: number) => `${formatDate(at)} ${formatTime(at)}`

/** The message about several news; `again`: an earlier try may have arrived. */
export function messageOf(
  id: string,
  news: readonly News[],
  around: {
    readonly catalogue: Catalogue
    readonly language: Language
    readonly publicUrl: string | null
    readonly again: boolean
  },
): Message {
  const { language, again } = around
  const words = WORDS[language]
  const [first] = news
  const marks = [
    ...(news.some(({ incident }) => incident.drill) ? [words.drill] : []),
    ...(news.some(({ incident }) => incident.simulated) ? [words.simulated] : []),
    ...(again ? [words.again] : []),
  ].map((mark) => `[${mark}]`)
  const subject = news.length === 1 && first ? headline(first, around.catalogue, language) : words.digest(news.length)
  const bodies = news.map((one) => body(one, around.catalogue, language))
  const link = around.publicUrl === null ? [] : [`${words.see}: ${new URL('/duty', around.publicUrl)}`]
  return {
    id,
    subject: [...marks, subject].join(' '),
    text: [...(marks.length > 0 ? [marks.join(' '), ''] : []), bodies.join('\n\n'), '', ...link].join('\n'),
    data: { id, again, news: news.map(({ entry, incident }) => dataOf(entry, incident)) },
  }
}

const wordOf = ({ entry }: News, language: Language) => {
  const words = WORDS[language]
  if (entry.kind === 'escalated') return entry.said.why === 'due' ? words.due : words.escalated
  return words[entry.kind as 'opened' | 'changed' | 'closed'] ?? entry.kind
}

function names(catalogue: Catalogue, language: Language) {
  return (dimension: string, member: string) =>
    catalogue.dimensions.get(dimension)?.members.get(member)?.name[language] ?? member
}

function headline(news: News, catalogue: Catalogue, language: Language): string {
  const { incident } = news
  const about = incident.source === null ? sayPoints(incident, names(catalogue, language), language, 3) : ''
  return `${wordOf(news, language)}: ${incident.title[language]}${about ? ` (${about})` : ''}`
}

function body(news: News, catalogue: Catalogue, language: Language): string {
  const { incident } = news
  const words = WORDS[language]
  const name = names(catalogue, language)
  const condition = sayCondition(
    catalogue.rules?.get(incident.rule)?.when ?? null,
    incident.points[0]?.limit ?? null,
    language,
    catalogue.indicators.get(incident.points[0]?.indicator ?? '')?.unit ?? null,
  )
  const taken = incident.acknowledged
  const lines = [
    `${headline(news, catalogue, language)} · ${words[incident.severity]}`,
    incident.source === null ? sayPoints(incident, name, language, 20) : '',
    condition,
    sayBreach(incident, name, language),
    `${words.since} ${when(incident.began)}`,
    incident.closed === null
      ? ''
      : `${words.closedAt} ${when(incident.closed)}${incident.ended?.by ? `, ${words.reason}: ${incident.ended.reason}` : ''}`,
    incident.closed === null
      ? `${words.taken}: ${taken ? `${taken.by}, ${when(taken.at)}${taken.note ? ` (${taken.note})` : ''}` : words.nobody}`
      : '',
    incident.closed === null ? `${words.action}: ${incident.action[language]}` : '',
    `${words.id}: ${incident.id}`,
  ]
  return lines.filter(Boolean).join('\n')
}

/** What a program is told: the incident without what is on its way out. */
function dataOf(entry: Entry, { messages: _, notes: __, ...incident }: Incident): object {
  return { what: entry.kind, at: entry.at, why: entry.said.why, incident }
}
