/** A round: every rule looks at its readings, what has held for long enough counts, and what counts becomes entries of the journal. Asks nothing: live and replay use the same. */

import type { Breach } from '../../kpi/breach.ts'
import { type Catalogue, panelSlice, sourcesOf } from '../../kpi/catalogue.ts'
import { causesOf, type Found, sourceOf } from '../../kpi/cause.ts'
import type { Entry, Incident, Standing } from '../../kpi/incident.ts'
import { type Members, members } from '../../kpi/observation.ts'
import { duration, floor } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Rule } from '../../kpi/rule.ts'
import { type Beside, sightOf } from '../../kpi/sight.ts'
import { silenceOf } from '../../kpi/silence.ts'
import type { Slice } from '../../kpi/slice.ts'
import { escalations, turn } from '../../kpi/turn.ts'
import { CLEAR, counts, type Patience, type Watching, watch } from '../../kpi/watching.ts'
import { standingOf } from './standing.ts'

/** The sources' own signs of life. */
export const UP: Slice = { indicator: 'system/source-up', window: 'latest', by: ['source'], where: {} }

/** A rule with what it needs at every round worked out once. */
export interface Watched {
  readonly rule: Rule
  readonly slice: Slice
  readonly patience: Patience
}

/** The rules of a catalogue that are on; `all`: the others too. */
export function watchedRules(catalogue: Catalogue, all = false): readonly Watched[] {
  return [...(catalogue.rules?.values() ?? [])].filter((rule) => all || rule.on).map((rule) => watched(catalogue, rule))
}

export function watched(catalogue: Catalogue, rule: Rule): Watched {
  return {
    rule,
    slice: rule.slice ? panelSlice(catalogue, rule.slice) : UP,
    patience: { for: duration(rule.for) ?? 0, clearFor: duration(rule.clearFor) ?? 0 },
  }
}

export interface Round {
  readonly catalogue: Catalogue
  readonly rules: readonly Watched[]
  /** The readings of a slice as judged at `now`; the same array while nothing changed. */
  readonly readings: (slice: Slice) => readonly Reading[]
  /** The rules, by their place, whose readings are others than at the last round; without it every rule looks. */
  readonly news?: readonly number[]
  /** Whether a rule surely sees nothing bad. */
  readonly isWell?: (rule: Watched) => boolean
  /** What the sources are known to say at `now`. */
  readonly up: readonly Reading[]
  /** What a rule needs besides, for a point. */
  readonly beside: (rule: Watched, reading: Reading) => Beside
  /** Who makes up a national breach. */
  readonly explain: (rule: Watched) => Breach | null
  /** The newest incident of each cause: another map once anything changed, but for what the entries of the last round changed. */
  readonly newest: ReadonlyMap<string, Incident>
  /** The data version, UTC milliseconds. */
  readonly pulse: number
  readonly now: number
}

/** A point whose condition holds since `began`, UTC milliseconds. */
export interface Holding {
  readonly rule: string
  readonly key: string
  readonly began: number
}

export interface State {
  watching: Watching
  /** What it was found to be of while it counts. */
  cause: string | null
  measured: string | null
  limit: string | null
}

export interface Rounds {
  round(of: Round): readonly Entry[]
  /** Takes up what a journal says is open: its points count until they are seen to be over. */
  restore(newest: Iterable<Incident>): void
  /** Points whose condition holds, and since when. */
  holding(): readonly Holding[]
  /** Lets patience run from when a condition is known to have begun, where nothing is known of a point yet. */
  resume(held: readonly Holding[]): void
  /** Goes along with what other servers wrote: whoever sees a condition begin or end first speaks for all. */
  follow(newest: ReadonlyMap<string, Incident>, now: number): void
}

const NOTHING: Beside = {}
/** A silence this long is no gap between two signs of life, milliseconds. */
const LASTING = 30_000

/** The members of a point in words of an address: `unit=ha-noi`. */
export function keyText(of: Members): string {
  let [text, several] = ['', false]
  for (const dimension in of) {
    several ||= text !== ''
    text = `${dimension}=${of[dimension]}`
  }
  if (!several) return text
  return Object.entries(members(of))
    .map(([dimension, member]) => `${dimension}=${member}`)
    .join(',')
}

const BY_ID = new WeakMap<readonly Watched[], ReadonlyMap<string, Rule>>()
/** Rules by id, put together once for a list. */
function byId(rules: readonly Watched[]): ReadonlyMap<string, Rule> {
  const known = BY_ID.get(rules) ?? new Map(rules.map(({ rule }) => [rule.id, rule]))
  BY_ID.set(rules, known)
  return known
}

/** What is known of one rule from look to look. */
interface Own {
  /** The readings it last looked at. */
  calm: readonly Reading[] | null
  /** The points whose condition holds, by key. */
  readonly points: Map<string, State>
  /** It looks at more than its readings, or counts time. */
  always: boolean
  /** Its readings may be others than those it last looked at. */
  news: boolean
}

/** What a round went by that had nothing to say: the same again has nothing to say either. */
interface Quiet {
  readonly of: Pick<Round, 'catalogue' | 'rules' | 'newest'>
  readonly found: readonly Seen[]
  readonly silent: ReadonlySet<string>
  readonly lasting: ReadonlySet<string>
  readonly standing: ReadonlyMap<string, Standing>
}

export function startRounds(): Rounds {
  const owns = new Map<string, Own>()
  /** Of the rules of the last round, by their place: what is known of each, and whether it looks anyway. */
  let [ordered, watchedBy]: [readonly Own[], readonly Watched[] | null] = [[], null]
  let aboutSources: readonly Watched[] = []
  const ownOf = (rule: string): Own => {
    const known = owns.get(rule)
    if (known) return known
    const own: Own = { calm: null, points: new Map(), always: false, news: true }
    owns.set(rule, own)
    return own
  }

  function learn(rules: readonly Watched[]): void {
    if (rules === watchedBy) return
    const known = byId(rules)
    for (const id of owns.keys()) if (!known.has(id)) owns.delete(id)
    ordered = rules.map(({ rule: { id, when } }) => {
      const always = when.band !== undefined || when.differ !== undefined || when.silent === true
      return Object.assign(ownOf(id), { always, news: true })
    })
    aboutSources = rules.filter(({ rule }) => rule.when.silent)
    watchedBy = rules
  }

  let hour = 0
  let quiet: Quiet | null = null

  function look(of: Round, one: Watched, own: Own, found: Seen[]): void {
    const { catalogue, now } = of
    const { rule, slice, patience } = one
    const { when } = rule
    const { points } = own
    if (points.size === 0 && !own.always && of.isWell?.(one)) return
    const readings = when.silent ? of.up : of.readings(slice)
    const needs = own.always && !when.silent
    // What was all well stays so until it is judged otherwise; only what counts time looks again.
    if (own.calm === readings && points.size === 0 && !own.always) return
    const indicator = catalogue.indicators.get(slice.indicator)
    if (!indicator) return
    let hushed = false
    for (const reading of readings) {
      const before = points.size > 0 ? points.get(keyText(reading.key)) : undefined
      const sight = sightOf(rule, indicator, reading, needs ? of.beside(one, reading) : NOTHING, now)
      if (!before && sight.seen !== 'bad') continue
      const key = keyText(reading.key)
      const isHushed = sight.seen === 'bad' && planned(of, one, reading)
      hushed ||= isHushed
      const seen = isHushed ? 'unknown' : sight.seen
      const watching = watch(before?.watching ?? CLEAR, seen, now, patience)
      if (watching.phase === 'clear') {
        points.delete(key)
        continue
      }
      const state = before ?? newState(rule.id, key)
      if (seen === 'bad') {
        state.measured = sight.measured
        state.limit = sight.limit
      }
      state.watching = watching
      if (counts(watching)) found.push({ one, reading, readings, key, state })
    }
    // Once the silence ends nothing of the readings themselves need change.
    own.calm = hushed ? null : readings
  }

  /** The sources whose silence has lasted a while: a moment in which nobody vouches for anything is no outage of everything. */
  function heldSilent({ now }: Round, silent: ReadonlySet<string>): ReadonlySet<string> {
    const own = aboutSources
    if (own.length === 0) return silent
    const lasts = (source: string) =>
      own.some(({ rule }) => {
        const watching = owns.get(rule.id)?.points.get(keyText({ source }))?.watching
        return watching !== undefined && now - watching.began >= LASTING
      })
    return new Set([...silent].filter(lasts))
  }

  function newState(rule: string, key: string): State {
    const state: State = { watching: CLEAR, cause: null, measured: null, limit: null }
    ownOf(rule).points.set(key, state)
    return state
  }

  return {
    round(of) {
      const { catalogue, rules, newest, pulse, now } = of
      learn(rules)
      // What is compared may change by the date alone.
      const current = floor(now, 'hour')
      const all = of.news === undefined || current !== hour
      if (current !== hour) for (const own of ordered) own.calm = null
      hour = current
      for (const place of of.news ?? []) (ordered[place] as Own).news = true
      const silent = silentSources(of.up, now)
      const found: Seen[] = []
      for (let i = 0; i < ordered.length; i++) {
        const own = ordered[i] as Own
        if (!all && !own.news && !own.always && own.points.size === 0) continue
        own.news = false
        look(of, rules[i] as Watched, own, found)
      }
      const known = byId(rules)
      const lasting = heldSilent(of, silent)
      if (quiet && isQuiet(quiet, { of, found, silent, lasting }))
        return escalations({ newest, standing: quiet.standing, rules: known, now })
      const moved = settleCauses(of, found, silent, networkOf(catalogue, lasting))
      const standing = standingOf(of, found)
      const entries = turn({ ...{ newest, standing, moved, pulse, now }, rules: known })
      quiet = entries.length > 0 ? null : { of: { catalogue, rules, newest }, found, silent, lasting, standing }
      return entries
    },
    holding: () =>
      [...owns].flatMap(([rule, { points }]) =>
        [...points].flatMap(
          ([
            key,
            {
              watching: { phase, began },
            },
          ]) => (phase === 'pending' || phase === 'on' ? [{ rule, key, began }] : []),
        ),
      ),
    resume(held) {
      for (const { rule, key, began } of held)
        if (!owns.get(rule)?.points.has(key))
          Object.assign(newState(rule, key), { watching: { phase: 'pending', since: began, began } })
    },
    follow(newest, now) {
      quiet = null
      for (const [rule, { points: own }] of owns)
        for (const [key, { watching, cause }] of own) {
          const life = cause === null ? undefined : newest.get(cause)
          if (!life || !counts(watching)) continue
          const over = life.state === 'closed' && !life.muted && (life.closed ?? 0) > watching.began
          const left = life.changes > 0 && life.more === 0 && watching.phase === 'closing'
          const named = left && life.points.some((point) => point.rule === rule && keyText(point.key) === key)
          if (over || (left && !named)) own.delete(key)
        }
      for (const { state: phase, points, cause } of newest.values())
        if (phase === 'open')
          for (const { rule, key, began } of points) {
            const state = owns.get(rule)?.points.get(keyText(key))
            if (state?.watching.phase !== 'pending') continue
            Object.assign(state, { watching: { phase: 'on', since: now, began }, cause })
          }
    },
    restore(all) {
      for (const life of all) {
        if (life.state === 'closed' && !life.muted) continue
        for (const { rule, key, began, measured, limit } of life.points) {
          const state = newState(rule, keyText(key))
          Object.assign(state, { watching: { phase: 'on', since: began, began }, cause: life.cause, measured, limit })
        }
      }
    },
  }
}

/** A point whose condition counts. */
export interface Seen {
  readonly one: Watched
  readonly reading: Reading
  /** All readings of its rule. */
  readonly readings: readonly Reading[]
  readonly key: string
  readonly state: State
}

const isSet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => a.size === b.size && [...a].every((one) => b.has(one))

/** Whether a round goes by the same as one that had nothing to say. */
function isQuiet(
  before: Quiet,
  { of, found, silent, lasting }: { readonly of: Round } & Pick<Quiet, 'found' | 'silent' | 'lasting'>,
): boolean {
  const { catalogue, rules, newest } = before.of
  return (
    catalogue === of.catalogue &&
    rules === of.rules &&
    newest === of.newest &&
    found.length === before.found.length &&
    isSet(before.silent, silent) &&
    isSet(before.lasting, lasting) &&
    found.every(({ state, readings }, i) => {
      const was = before.found[i] as Seen
      return was.state === state && was.readings === readings
    })
  )
}

function planned({ catalogue, now }: Round, { slice }: Watched, reading: Reading): boolean {
  if (!catalogue.silences?.size) return false
  const indicator = catalogue.indicators.get(slice.indicator)
  const sources = reading.sources.length > 0 || !indicator ? reading.sources : sourcesOf(catalogue, indicator)
  return (
    silenceOf(catalogue, { indicator: slice.indicator, sources, members: { ...slice.where, ...reading.key } }, now) !==
    null
  )
}

const SILENT_RULE = { when: { silent: true } } as Rule
const NO_INDICATOR = {} as never

function silentSources(up: readonly Reading[], now: number): ReadonlySet<string> {
  return new Set(
    up.flatMap((reading) =>
      sightOf(SILENT_RULE, NO_INDICATOR, reading, NOTHING, now).seen === 'bad' ? [reading.key.source ?? ''] : [],
    ),
  )
}

/** Settles what each point is of; once it is a source's it stays so while it counts. Answers which causes went over into which. */
function settleCauses(
  of: Round,
  found: readonly Seen[],
  silent: ReadonlySet<string>,
  network: ReturnType<typeof networkOf>,
): ReadonlyMap<string, string> {
  const moved = new Map<string, string>()
  if (found.length === 0) return moved
  const fedBy = ({ one, reading }: Pick<Seen, 'one' | 'reading'>) => {
    if (reading.sources.length > 0 || one.rule.when.silent) return reading.sources
    const indicator = of.catalogue.indicators.get(one.slice.indicator)
    return indicator ? sourcesOf(of.catalogue, indicator) : []
  }
  const fed = new Map<string, number>()
  for (const one of new Set(found.map((seen) => seen.one)))
    if (one.rule.when.age)
      for (const reading of of.readings(one.slice))
        for (const source of fedBy({ one, reading }))
          fed.set(`${one.rule.id} ${source}`, (fed.get(`${one.rule.id} ${source}`) ?? 0) + 1)
  const points = found.map((seen): Found => {
    const { rule } = seen.one
    return {
      rule,
      key: seen.key,
      sources: fedBy(seen),
      source: rule.when.silent ? (seen.reading.key.source ?? null) : null,
    }
  })
  for (const [i, cause] of causesOf(points, { silent, fed, ...network }).entries()) {
    const { state } = found[i] as Seen
    if (state.cause !== null && (sourceOf(state.cause) !== null || state.cause === cause)) continue
    if (state.cause !== null) moved.set(state.cause, cause)
    state.cause = cause
  }
  return moved
}

/** Whether all that is asked over the network is silent, and which system a source belongs to. */
function networkOf({ sources }: Catalogue, silent: ReadonlySet<string>) {
  const asked = [...sources.values()].filter(({ kind }) => kind !== 'files')
  return {
    allSilent: asked.length >= 3 && asked.every(({ id }) => silent.has(id)),
    systemOf: (id: string) => sources.get(id)?.system ?? id,
  }
}
