/** What the foot of a panel says of coverage: who reported of those who should, the missing and the late by name. */
import { formatNumber } from '../../kpi/format.ts'
import type { Reading } from '../../kpi/reading.ts'
import { memberName, memberNames, nounOf } from '../known.ts'
import { sayNames } from '../views/say-names.ts'
import { reporting, type Shown } from '../views/shown.ts'
import { words } from '../words/index.ts'

/** How many missing units are named before they are counted. */
const NAMED = 3
/** How wide a letter of the foot is, rem. */
export const LETTER = 0.46
/** Panels of this many columns have room for one name. */
const NARROW = 3
/** On a wall panels of this many leave the counting of periods to the mark that says some are missing. */
const TIGHT = 5
export const narrow = ({ panel }: Shown) => panel.width <= NARROW

/** The sentence, whether anything falls short of what should be there, and the same with all the missing named. */
export function cover(shown: Shown, readings: readonly Reading[]) {
  const { catalogue, language } = shown
  const say = words(language)
  const part = shown.parts[0]
  const [by] = part?.slice.by ?? []
  const [only] = readings
  if (!part || !only) return { text: '', short: false, full: '' }
  const who = reporting(part.indicator)
  const members = readings.filter((reading) => by !== undefined && reading.key[by] !== undefined)
  const listed = members.length > 0 && by !== undefined
  const whole = !listed ? only.coverage : by === who ? ofMembers(members, by) : ofAll(members)
  const brief = narrow(shown)
  const tight = brief || (shown.fit && shown.panel.width <= TIGHT)
  const figure = (n: number) => formatNumber(String(n), language, 0)
  const { missing } = whole
  const { spans, basis, standing, late } = only.coverage
  const about = listed ? [] : memberNames(catalogue, part.slice.where, language)
  const short = missing.length > 0 || (whole.expected !== null && whole.reported < whole.expected)
  // A group named by its own size, "34 provinces", says what of what in one, where the foot has nothing graver to say.
  const group = brief ? about.find((name) => name.startsWith(`${whole.expected} `)) : undefined
  const noun = nounOf(catalogue, who, language)
  const counted = (reported: string, expected: string | null) =>
    noun === null
      ? expected === null
        ? say.unitsOnly(reported)
        : say.units(reported, expected)
      : say.countOf(noun, reported, expected)
  const tell = (names: string) => [
    listed && by !== who ? ofKind(members, by, shown) : '',
    whole.expected === null
      ? whole.reported > 0
        ? counted(figure(whole.reported), null)
        : ''
      : group === undefined || short
        ? counted(figure(whole.reported), figure(whole.expected))
        : `${figure(whole.reported)}/${group}`,
    missing.length > 0 ? say.missing(names) : '',
    !listed && few(late) ? say.lateUnits(sayNames(late, NAMED, catalogue, language, who)) : '',
    !listed && !few(late) && standing > 0 && !brief ? say.standing(figure(standing)) : '',
    spans && spans.present < spans.expected && !tight ? say.spans(figure(spans.present), figure(spans.expected)) : '',
    basis === 'unverified' ? say.unverified : '',
  ]
  const text = (names: string) => [...(group === undefined ? about : []), ...tell(names)].filter(Boolean).join(' · ')
  // As many names as one line of a wall's panel holds; a page has the height for all that are to be named.
  const room = shown.fit && shown.across ? shown.across / LETTER : Number.POSITIVE_INFINITY
  const named = brief ? [] : [NAMED, NAMED - 1].map((most) => sayNames(missing, most, catalogue, language, who))
  const fitting = named.map(text).find((one) => one.length <= room)
  const full = text(sayNames(missing, missing.length, catalogue, language, who))
  return { text: fitting ?? text(sayFirst(missing, shown, who)), short, full }
}

/** The first of several names, and how many more there are: "Lai Châu +2". */
function sayFirst([first = '', ...more]: readonly string[], { catalogue, language }: Shown, dimension: string): string {
  const name = memberName(catalogue, first, language, dimension)
  return more.length === 0 ? name : `${name} +${formatNumber(String(more.length), language, 0)}`
}

/** How many tiers, steps or classes have a figure, of those there are. */
function ofKind(members: readonly Reading[], by: string, { catalogue, language }: Shown): string {
  const figure = (n: number) => formatNumber(String(n), language, 0)
  const there = members.filter(({ status }) => status !== 'no-data').length
  return words(language).countOf(
    nounOf(catalogue, by, language) ?? by,
    figure(there),
    there < members.length ? figure(members.length) : null,
  )
}

/** Names help while they can be read; beyond that the count says more. */
const few = (ids: readonly string[]) => ids.length > 0 && ids.length <= 2 * NAMED

function ofMembers(readings: readonly Reading[], by: string) {
  const named = new Set(readings.flatMap((reading) => reading.coverage.missing))
  for (const reading of readings) if (reading.status === 'no-data') named.add(reading.key[by] ?? '')
  const there = readings.filter((reading) => reading.status !== 'no-data')
  const ids = new Set(there.map((reading) => reading.key[by]))
  const missing = [...named].filter((id) => !ids.has(id))
  // Whose figure only stands has one, and has not reported.
  const standing = there.filter(({ coverage }) => coverage.reported === 0 && coverage.standing > 0).length
  return { expected: there.length + missing.length, reported: there.length - standing, missing }
}

/** Who reported in any of several tiers, steps or classes: a unit without a commune is not missing there. */
function ofAll(readings: readonly Reading[]) {
  const all = readings.map(({ coverage }) => coverage)
  const missing = (all[0]?.missing ?? []).filter((id) => all.every((one) => one.missing.includes(id)))
  const known = all.flatMap(({ expected }) => expected ?? [])
  const expected = known.length > 0 ? Math.max(...known) : null
  // Who is late in one is late altogether.
  const late = new Set(all.flatMap((one) => one.late))
  const reported =
    expected === null ? Math.max(...all.map((one) => one.reported)) : expected - missing.length - late.size
  return { expected, reported, missing }
}
