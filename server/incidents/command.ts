/** `npm run incident`: what is open, one incident with its history, taking it in hand or closing it, and trying a rule on the past. */
import { parseArgs } from 'node:util'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { formatDate, formatNumber, formatTime } from '../../kpi/format.ts'
import type { Entry, Incident } from '../../kpi/incident.ts'
import { sayBreach, sayPoints } from '../../kpi/incident-say.ts'
import { readMoment } from '../../kpi/moment.ts'
import type { Answers } from '../../kpi/query.ts'
import { DAY } from '../../kpi/range.ts'
import type { Silence } from '../../kpi/silence.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { ask, type House } from '../care/held.ts'
import { Unable } from '../care/unable.ts'
import type { Store } from '../store/connect.ts'
import { NoReplay, type Progress, type Replayed, replay } from './replay.ts'

export interface Command {
  readonly house: House
  readonly args: readonly string[]
  readonly language: Language
  readonly now: number
  readonly tell: (text: Text) => void
  readonly say: (line: string) => void
  /** Shows how far something is, in place of what it showed before; the empty text takes it away. */
  readonly progress: (line: string, percent: number) => void
  /** Aborted when the person at the keyboard has enough. */
  readonly interrupted: AbortSignal
  readonly catalogue: () => Catalogue
  readonly withStore: (work: (store: Store) => Promise<number>) => Promise<number>
}

const USAGE: Text = {
  vi: `Cách dùng: npm run incident -- [list]  |  show <mã>  |  ack <mã> [--note "…"] [--due 2026-11-30T17:00+07:00]  |  assign <mã> --to "…"  |  close <mã> --reason "…"
  |  note <mã> --note "…"  |  silence --sources demo/portal [--units …] [--indicators …] --for 2h --note "…"  |  speak <mã im lặng>  |  drill --title "…" --roles duty  |  try <quy tắc> --from 2026-11-01 --to 2026-11-28 [--known now|then]`,
  en: `Usage: npm run incident -- [list]  |  show <id>  |  ack <id> [--note "…"] [--due 2026-11-30T17:00+07:00]  |  assign <id> --to "…"  |  close <id> --reason "…"
  |  note <id> --note "…"  |  silence --sources demo/portal [--units …] [--indicators …] --for 2h --note "…"  |  speak <silence>  |  drill --title "…" --roles duty  |  try <rule> --from 2026-11-01 --to 2026-11-28 [--known now|then]`,
}

const TEXT = { type: 'string' } as const
const OPTIONS = {
  ...{ note: TEXT, due: TEXT, to: TEXT, reason: TEXT, title: TEXT, roles: TEXT, from: TEXT, known: TEXT },
  ...{ sources: TEXT, units: TEXT, indicators: TEXT, for: TEXT },
}

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
      strict: true,
    })
    return { values, positionals }
  } catch {
    throw new Unable(USAGE)
  }
}
type Values = ReturnType<typeof read>['values']

/** What each word sends to `/api/acts`; null where something it needs is missing. */
const ACTS: Readonly<Record<string, (id: string, values: Values, now: number) => object | null>> = {
  ack: (incident, { note = '', due }) => ({
    act: 'acknowledge',
    incident,
    note,
    ...(due === undefined ? {} : { due: withZone(due) }),
  }),
  assign: (incident, { to, note = '' }) => (to ? { act: 'assign', incident, to, note } : null),
  close: (incident, { reason }) => (reason ? { act: 'close', incident, reason } : null),
  note: (incident, { note }, now) => (note ? { act: 'note', incident, note, pulse: now } : null),
}

const withZone = (text: string) =>
  /(?:Z|[+-]\d{2}:\d{2})$/.test(text)
    ? text.replace(/T(\d{2}:\d{2})([Z+-])/, 'T$1:00$2')
    : `${text.length === 10 ? `${text}T17:00` : text}:00+07:00`

/** Runs the command; answers the exit code. Errors: Unable. */
export async function incident(command: Command): Promise<number> {
  const { house, tell, now } = command
  const { values, positionals } = read(command.args)
  const [word = 'list', id = '', ...more] = positionals
  if (more.length > 0) throw new Unable(USAGE)
  if (word === 'list' && id === '') return list(command)
  if (word === 'show' && id !== '') return show(command, id)
  if (word === 'try' && id !== '') return tryRule(command, id, values)
  if (word === 'drill' && values.title && values.roles) {
    const body = { act: 'drill', title: values.title, roles: values.roles.split(',') }
    const { incident: made } = await ask<{ incident: Incident }>(house, '/api/acts', body)
    tell({ vi: `Đã mở diễn tập ${made.id}.`, en: `The drill ${made.id} is open.` })
    return 0
  }
  if (word === 'silence' && values.for && values.note) {
    const { for: time, note, ...named } = values
    const about = ['sources', 'units', 'indicators'] as const
    const lists = about.flatMap((kind) => (named[kind] ? [[kind, named[kind].split(',')]] : []))
    const body = { act: 'silence', for: time, note, ...Object.fromEntries(lists) }
    const { silence } = await ask<{ silence: Silence }>(house, '/api/acts', body)
    tell({
      vi: `Im lặng theo lịch ${silence.id} đến ${silence.to}.`,
      en: `Silent by plan, ${silence.id}, until ${silence.to}.`,
    })
    return 0
  }
  if (word === 'speak' && id !== '') {
    await ask(house, '/api/acts', { act: 'speak', silence: id, note: values.note ?? '' })
    tell({ vi: `Đã kết thúc im lặng ${id}.`, en: `The silence ${id} is over.` })
    return 0
  }
  const act = id === '' ? null : ACTS[word]?.(id, values, now)
  if (!act) throw new Unable(USAGE)
  const { incident: after } = await ask<{ incident: Incident }>(house, '/api/acts', act)
  for (const line of lines(after, command)) command.say(line)
  return 0
}

async function list(command: Command): Promise<number> {
  const { incidents } = await ask<Answers['incidents']>(command.house, '/api/incidents?state=open')
  for (const one of incidents) for (const line of lines(one, command)) command.say(line)
  command.tell({ vi: `${incidents.length} sự cố đang mở.`, en: `${incidents.length} incidents are open.` })
  return 0
}

async function show(command: Command, id: string): Promise<number> {
  const path = `/api/incidents/${id.split('/').map(encodeURIComponent).join('/')}`
  const { incidents, history = [] } = await ask<Answers['incidents']>(command.house, path)
  for (const one of incidents) for (const line of lines(one, command)) command.say(line)
  for (const entry of history) command.say(`    ${historyLine(entry)}`)
  return 0
}

const when = (at: number) => `${formatDate(at)} ${formatTime(at)}`

function historyLine({ at, kind, by, said }: Entry): string {
  const also = [said.note, said.reason, said.to, said.error, said.roles?.join(', '), said.role]
    .filter(Boolean)
    .join(' · ')
  return `${when(at)}  ${kind}${by ? ` (${by})` : ''}${also ? `: ${also}` : ''}`
}

/** An incident in two lines: what, whom, since when; who has it. */
function lines(one: Incident, { language, catalogue }: Pick<Command, 'language' | 'catalogue'>): readonly string[] {
  const things = catalogue()
  const nameOf = (dimension: string, member: string) =>
    things.dimensions.get(dimension)?.members.get(member)?.name[language] ?? member
  const words = {
    vi: { open: 'từ', nobody: 'chưa ai nhận', has: 'đã nhận', closed: 'đóng lúc', due: 'hẹn' },
    en: { open: 'since', nobody: 'nobody has it', has: 'taken by', closed: 'closed at', due: 'due' },
  }[language]
  const { acknowledged: taken } = one
  const hand = taken
    ? `${words.has} ${taken.by} ${when(taken.at)}${taken.note ? ` (${taken.note})` : ''}${taken.due ? `, ${words.due} ${when(taken.due)}` : ''}`
    : words.nobody
  const end = one.closed === null ? '' : `, ${words.closed} ${when(one.closed)} (${one.ended?.reason ?? ''})`
  const about = [sayPoints(one, nameOf, language), sayBreach(one, nameOf, language)].filter(Boolean).join('; ')
  return [
    `${one.id}  ${one.title[language]}${about ? `: ${about}` : ''}`,
    `    ${words.open} ${when(one.began)}${end}; ${hand}`,
  ]
}

const moment = (text: string | undefined): number => readMoment(text ?? '') ?? Number.NaN

async function tryRule(command: Command, id: string, values: Values): Promise<number> {
  const catalogue = command.catalogue()
  const rule = catalogue.rules?.get(id)
  const known = values.known ?? 'now'
  const from = values.from === undefined ? command.now - 7 * DAY : moment(values.from)
  const to = values.to === undefined ? command.now : moment(values.to)
  if (!rule) {
    const all = [...(catalogue.rules?.keys() ?? [])].join(', ')
    throw new Unable({
      vi: `Không có quy tắc “${id}”; các quy tắc: ${all}.`,
      en: `There is no rule “${id}”; the rules are: ${all}.`,
    })
  }
  if (!Number.isFinite(from) || !Number.isFinite(to) || (known !== 'now' && known !== 'then')) throw new Unable(USAGE)
  return command.withStore(async (store) => {
    const progress = ({ percent, at, incidents }: Progress) =>
      command.progress(sayProgress[command.language](percent, at, incidents), percent)
    const asked = { from, to, known, now: store.now(), signal: command.interrupted, progress } as const
    const found = await replay(store, catalogue, rule, asked)
      .catch((error: unknown) => {
        throw error instanceof NoReplay ? new Unable(error.text) : error
      })
      .finally(() => command.progress('', 100))
    const shown = { language: command.language, catalogue: () => catalogue }
    for (const one of found.incidents) for (const line of lines(one, shown)) command.say(line)
    for (const text of conclude(found, known, from, to)) command.tell(text)
    return found.whole ? 0 : INTERRUPTED
  })
}

/** As shells have it for Ctrl-C. */
const INTERRUPTED = 130

const sayProgress = {
  vi: (percent: number, at: number, incidents: number) =>
    `${percent} % · đã xét đến ${formatDate(at)} · ${incidents} sự cố`,
  en: (percent: number, at: number, incidents: number) =>
    `${percent} % · looked as far as ${formatDate(at)} · ${incidents} incidents`,
}

/** What a rule tried on the past comes to, and what it could not look at. */
function conclude(
  { incidents, steps, step, since, until, whole }: Replayed,
  known: 'now' | 'then',
  from: number,
  to: number,
): readonly Text[] {
  if (steps === 0 && whole)
    return [
      since === null
        ? {
            vi: 'Kho dữ liệu chưa có số liệu nào mà quy tắc này xét.',
            en: 'The store holds none of the figures this rule looks at.',
          }
        : {
            vi: `Khoảng này trước khi có số liệu: kho có từ ${when(since)}.`,
            en: `This range is before there were figures: the store has them since ${when(since)}.`,
          },
    ]
  const begun = Math.max(from, since ?? from)
  const rate = (incidents.length / Math.max((whole ? to : until) - begun, step)) * DAY
  const each = step / 60_000
  return [
    ...(whole
      ? []
      : [
          {
            vi: `Đã dừng theo yêu cầu; kết quả đến ${when(until)}.`,
            en: `Stopped as asked; this is what there was until ${when(until)}.`,
          },
        ]),
    ...(since !== null && since > from
      ? [
          {
            vi: `Kho có số liệu từ ${when(since)}; trước đó không xét.`,
            en: `The store has figures since ${when(since)}; before that nothing was looked at.`,
          },
        ]
      : []),
    {
      vi: `${incidents.length} sự cố nếu quy tắc này đã bật (${formatNumber(rate.toFixed(1), 'vi', 1)} mỗi ngày); xét ${formatNumber(String(steps), 'vi', 0)} lần, cách nhau ${each} phút, theo điều biết được ${known === 'now' ? 'hôm nay' : 'lúc đó'}.`,
      en: `${incidents.length} incidents had the rule been on (${rate.toFixed(1)} a day); looked ${formatNumber(String(steps), 'en', 0)} times, ${each} minutes apart, by what ${known === 'now' ? 'is known today' : 'was known then'}.`,
    },
  ]
}
