/** A round: every rule looks at its readings, what has held for long enough counts, and what counts becomes entries of the journal. Asks nothing: live and replay use the same. */

import type { Breach } from '../../kpi/breach.ts'
import { type Catalogue, panelSlice, sourcesOf } from '../../kpi/catalogue.ts'
import { causesOf, type Found, sourceOf } from '../../kpi/cause.ts'
import type { Entry, Incident, Point, Standing } from '../../kpi/incident.ts'
import { type Members, members } from '../../kpi/observation.ts'
import { duration } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Rule } from '../../kpi/rule.ts'
import { type Beside, type Sight, sightOf } from '../../kpi/sight.ts'
import { silenceOf } from '../../kpi/silence.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Text } from '../../kpi/text.ts'
import { named, turn } from '../../kpi/turn.ts'
import { CLEAR, counts, type Patience, type Watching, watch } from '../../kpi/watching.ts'

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
  /** What the sources are known to say at `now`. */
  readonly up: readonly Reading[]
  /** What a rule needs besides, for a point. */
  readonly beside: (rule: Watched, reading: Reading) => Beside
  /** Who makes up a national breach. */
  readonly explain: (rule: Watched) => Breach | null
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

interface State {
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
export const keyText = (of: Members): string =>
  Object.entries(members(of))
    .map(([dimension, member]) => `${dimension}=${member}`)
    .join(',')

const BY_ID = new WeakMap<readonly Watched[], ReadonlyMap<string, Rule>>()
/** Rules by id, put together once for a list. */
function byId(rules: readonly Watched[]): ReadonlyMap<string, Rule> {
  const known = BY_ID.get(rules) ?? new Map(rules.map(({ rule }) => [rule.id, rule]))
  BY_ID.set(rules, known)
  return known
}

const KEYS = new WeakMap<readonly Reading[], readonly string[]>()
function keysOf(readings: readonly Reading[]): readonly string[] {
  const known = KEYS.get(readings)
  if (known) return known
  const keys = readings.map(({ key }) => keyText(key))
  KEYS.set(readings, keys)
  return keys
}

export function startRounds(): Rounds {
  /** By rule, the readings it last looked at. */
  const calm = new Map<string, readonly Reading[]>()
  /** By rule, by key of the point. */
  const states = new Map<string, Map<string, State>>()

  function look(of: Round, one: Watched, silent: ReadonlySet<string>, found: Seen[]): void {
    const { catalogue, now } = of
    const { rule, slice, patience } = one
    const indicator = catalogue.indicators.get(slice.indicator)
    if (!indicator) return
    const readings = rule.when.silent ? of.up : of.readings(slice)
    const own = states.get(rule.id)
    const needs = rule.when.band !== undefined || rule.when.differ !== undefined
    // What was all well stays so until it is judged anew; only what counts time looks again.
    const timeless = !needs && !rule.when.silent && !own?.size
    if (timeless && calm.get(rule.id) === readings) return
    const keys = keysOf(readings)
    for (let i = 0; i < readings.length; i++) {
      const reading = readings[i] as Reading
      const key = keys[i] as string
      const before = own?.get(key)
      const sight = sightOf(rule, indicator, reading, needs ? of.beside(one, reading) : NOTHING, now)
      if (!before && sight.seen !== 'bad') continue
      const seen = sight.seen === 'bad' && planned(of, one, reading) ? 'unknown' : sight.seen
      const watching = watch(before?.watching ?? CLEAR, seen, now, patience)
      if (watching.phase === 'clear') {
        own?.delete(key)
        continue
      }
      const state = before ?? newState(rule.id, key)
      if (seen === 'bad') Object.assign(state, { measured: sight.measured, limit: sight.limit })
      state.watching = watching
      if (counts(watching))
        found.push({ one, reading, key, state, sight, silent: silent.has(reading.key.source ?? '') })
    }
    calm.set(rule.id, readings)
  }

  /** The sources whose silence has lasted a while: a moment in which nobody vouches for anything is no outage of everything. */
  function heldSilent({ rules, now }: Round, silent: ReadonlySet<string>): ReadonlySet<string> {
    const own = rules.filter(({ rule }) => rule.when.silent)
    if (own.length === 0) return silent
    const lasts = (source: string) =>
      own.some(({ rule }) => {
        const watching = states.get(rule.id)?.get(keyText({ source }))?.watching
        return watching !== undefined && now - watching.began >= LASTING
      })
    return new Set([...silent].filter(lasts))
  }

  function newState(rule: string, key: string): State {
    const state: State = { watching: CLEAR, cause: null, measured: null, limit: null }
    const own = states.get(rule) ?? new Map<string, State>()
    own.set(key, state)
    states.set(rule, own)
    return state
  }

  return {
    round(of) {
      const { rules, newest, pulse, now } = of
      const silent = silentSources(of.up, now)
      const found: Seen[] = []
      for (const one of rules) look(of, one, silent, found)
      const known = byId(rules)
      for (const id of states.keys()) if (!known.has(id)) states.delete(id)
      const moved = settleCauses(of, found, silent, networkOf(of.catalogue, heldSilent(of, silent)))
      const standing = standingOf(of, found)
      return turn({
        ...{ newest, standing, moved, pulse, now },
        rules: known,
      })
    },
    holding: () =>
      [...states].flatMap(([rule, own]) =>
        [...own].flatMap(
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
        if (!states.get(rule)?.has(key))
          Object.assign(newState(rule, key), { watching: { phase: 'pending', since: began, began } })
    },
    follow(newest, now) {
      for (const [rule, own] of states)
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
            const state = states.get(rule)?.get(keyText(key))
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

interface Seen {
  readonly one: Watched
  readonly reading: Reading
  readonly key: string
  readonly state: State
  readonly sight: Sight
  readonly silent: boolean
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

function standingOf(of: Round, found: readonly Seen[]): ReadonlyMap<string, Standing> {
  const groups = new Map<string, Seen[]>()
  for (const seen of found) {
    const cause = seen.state.cause as string
    const group = groups.get(cause)
    if (group) group.push(seen)
    else groups.set(cause, [seen])
  }
  return new Map([...groups].map(([cause, group]) => [cause, standing(of, cause, group)]))
}

function standing(of: Round, cause: string, group: readonly Seen[]): Standing {
  const source = sourceOf(cause)
  const grave = group.find(({ one }) => one.rule.severity === 'critical') ?? (group[0] as Seen)
  // A source's own rule speaks for it before those that only see what it feeds.
  const { rule, slice } = (source === null ? grave : (group.find(({ one }) => one.rule.when.silent) ?? grave)).one
  const points = group.map(
    ({ one, reading, state }): Point => ({
      rule: one.rule.id,
      indicator: one.slice.indicator,
      key: reading.key,
      members: { ...one.slice.where, ...reading.key },
      began: state.watching.began,
      measured: state.measured,
      limit: state.limit,
    }),
  )
  const { action } = rule
  const whole = slice.by.length === 0 && rule.slice !== undefined
  return {
    ...{ cause, rule: rule.id, source, action },
    title: source === null ? rule.title : titleOfSource(of.catalogue, source),
    severity: grave.one.rule.severity,
    ...named(points),
    contributions: whole ? of.explain((group.find(({ one }) => one.rule === rule) ?? grave).one) : null,
    simulated: isSimulated(of.catalogue, source, group),
  }
}

function isSimulated(catalogue: Catalogue, source: string | null, group: readonly Seen[]): boolean {
  const own = source === null ? undefined : catalogue.sources.get(source)
  if (own) return own.simulated
  return group.some(({ reading, one }) => {
    if (reading.marks.includes('simulated')) return true
    const indicator = catalogue.indicators.get(one.slice.indicator)
    return (
      reading.value === null &&
      indicator !== undefined &&
      sourcesOf(catalogue, indicator).some((id) => catalogue.sources.get(id)?.simulated)
    )
  })
}

function titleOfSource(catalogue: Catalogue, source: string): Text {
  const own = catalogue.sources.get(source)?.title
  if (!own)
    return {
      vi: 'Mọi nguồn im lặng: bộ thu thập hoặc đường truyền',
      en: 'Every source is silent: the collectors or the line',
    }
  return { vi: `${own.vi}: im lặng`, en: `${own.en}: silent` }
}
