/** What each question answers: the points, sides and cells of answers, and every answer by the name of its question. */
import type { CalendarAnswer } from './calendar-answer.ts'
import type { DayKind } from './calendar-kind.ts'
import type { ComparedWith } from './compared.ts'
import type { Contribution } from './contribution.ts'
import type { Correction } from './correction.ts'
import type { Decided } from './decided.ts'
import type { FairRanks } from './fair-rank.ts'
import type { Entry, Incident } from './incident.ts'
import type { Members, StoredObservation } from './observation.ts'
import type { Grain } from './range.ts'
import type { Coverage, Mark, Reading, Status } from './reading.ts'
import type { Empty, Nation, ScoreCell } from './score.ts'
import type { Band, ScoreFile } from './score-file.ts'
import type { Raise } from './score-raise.ts'
import type { Text } from './text.ts'
import type { Break } from './version.ts'
import type { GlassNote, Pulse } from './wire.ts'

/** One point of a series. `value` null: nothing was reported for the span (`no-data`) or nothing occurred (0/0). */
export interface Point {
  readonly from: number
  readonly to: number
  readonly value: string | null
  readonly numerator: string | null
  readonly denominator: string | null
  readonly status: Status
  readonly marks: readonly Mark[]
  /** Spans of the source present in this point, and how many there should be by now; null without a rhythm. */
  readonly spans: { readonly present: number; readonly expected: number } | null
}

/** What like weekdays before usually brought at one place of a line, by their median and the typical deviation from it. */
export interface UsualPoint {
  readonly from: number
  readonly to: number
  readonly low: number
  readonly median: number
  readonly high: number
  /** On how many earlier days it rests. */
  readonly days: number
}

/** A former unit whose figures count for another; `partly`: some of its work went elsewhere, so the sum is only nearly right. */
export interface CarriedUnit {
  readonly former: string
  readonly into: string
  readonly partly: boolean
}

/** One thing and span of which several sources do not say the same. */
export interface Differing {
  readonly indicator: string
  readonly members: Members
  readonly from: number
  readonly to: number
  /** The source whose value counts: the first by authority. */
  readonly speaks: string
  /** What each says, by authority, since when (UTC milliseconds), and how much more it is than what counts; equal ones among them. */
  readonly statements: readonly {
    readonly source: string
    readonly value: string
    readonly citation: string
    readonly since: number
    readonly difference: string
  }[]
  /** Since when they differ, as far as they do now. */
  readonly since: number
}

/** How much more one side of a comparison is; decimal text, exact; null where a side has none. */
export interface Change {
  /** Of a percent in points. */
  readonly value: string | null
  readonly numerator: string | null
  readonly denominator: string | null
  /** Percent of the other side; null for percents and where the other side is nought. */
  readonly relative: string | null
}

/** Two sides of a comparison; `null` where a side has no such member. */
export interface Compared {
  readonly key: Members
  readonly now: Reading | null
  readonly earlier: Reading | null
  /** With `with=target`: what was to be reached. */
  readonly target: { readonly value: string; readonly basis: string } | null
  /** With `with=nation` and `with=peers`: what the country or the units of like size come to; of counts `each` is compared. */
  readonly beside: Together | null
  readonly change: Change
}

/** What a stretch of time lacks, so that a change may come from it. Ids of who reports; `corrected` and `held` of what was split by. */
export interface Lacking {
  /** Who should have reported and did not at all; null where nobody has said who should. */
  readonly missing: readonly string[] | null
  /** Whose newest figures are older than two of their rhythms at its end. */
  readonly late: readonly string[]
  /** Whose figures were corrected since they were first said. */
  readonly corrected: readonly string[]
  /** Of whom something waits for a person and is not counted. */
  readonly held: readonly string[]
  /** Periods of the source that are there, and that should be; null where none are owed. */
  readonly spans: Coverage['spans']
}

/** A cell of a score: its points, what they were computed from, and how it is known. */
export interface CellAnswer extends ScoreCell {
  readonly title: Text
  /** The ratio or the reported indicator it comes from. */
  readonly indicator: string
  readonly rule: ScoreFile['columns'][number]['parts'][number]['rule'] | null
  readonly note: Text | null
  /** How many of the units scored here stated this part. */
  readonly units: { readonly stated: number; readonly expected: number }
}

/** A score with all its cells. `points` count from `outOf`: the maxima of the cells that are known. */
export interface ScoreAnswer {
  readonly pulse: Pulse
  readonly indicator: string
  /** What `readings` says of the same score; by another convention, what it would say. */
  readonly reading: Reading
  readonly points: string | null
  readonly outOf: string
  readonly maximum: string
  /** `unverified` where the columns and maxima have not been seen in the official text; null where nothing is said of it. */
  readonly basis: string | null
  /** The declared grades, what they lean on, and the one this score has: null while a part is unknown. */
  readonly grades: { readonly basis: string; readonly bands: readonly Band[]; readonly reached: string | null } | null
  /** How 0/0 was counted, and how units were put together (null for one unit), in words. */
  readonly conventions: {
    readonly empty: Empty
    readonly nation: Nation | null
    readonly said: readonly Text[]
  }
  readonly rounding: ScoreFile['rounding']
  readonly columns: readonly {
    readonly column: string
    readonly title: Text
    readonly maximum: string
    readonly points: string | null
    readonly outOf: string
    readonly rounded: 'part' | 'column' | 'total'
    readonly cells: readonly CellAnswer[]
  }[]
  /** What would raise it most, first; empty for a mean of scores, which no single case moves by a known amount. */
  readonly raise: readonly Raise[]
}

/** What several units come to together, recomputed from their parts; `each`: of a count, what that is for one of them. */
export interface Together {
  readonly units: number
  readonly value: string | null
  readonly each: string | null
  readonly numerator: string | null
  readonly denominator: string | null
}

/** What each question answers. Every answer names the pulse (data version) it was read at. */
export interface Answers {
  readings: { readonly pulse: Pulse; readonly readings: readonly Reading[] }
  /** Points in time order, gaps included as points without value. `coarser` counts statements whose span does not fit the grain: not known at this grain. */
  series: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly grain: Grain
    readonly points: readonly Point[]
    /** With `by`: a line for each member that said something, by id. */
    readonly split?: readonly { readonly key: Members; readonly points: readonly Point[] }[]
    readonly coarser: number
    /** With `usual`: where enough like days before are known, also of what is yet to come of the range. */
    readonly usual?: readonly UsualPoint[]
    /** Where the definition changed within the range: points before are by the old one. */
    readonly breaks?: readonly Break[]
    /** With `units=today`: the former units that count for others. */
    readonly carried?: readonly CarriedUnit[]
  }
  /** One reading per member, worst first where the indicator has a better direction, else largest first; and the total they add up to. */
  breakdown: {
    readonly pulse: Pulse
    readonly readings: readonly Reading[]
    readonly total: Reading | null
    /** Where each member stands among those of its kind, in the order of `readings`. */
    readonly ranks: FairRanks
    /** Where the definition changed within the range: the figures are of the days since the last change, as their `from` says. */
    readonly breaks?: readonly Break[]
    /** With `units=today`: the former units that count for others. */
    readonly carried?: readonly CarriedUnit[]
    /** With `against`: the same members' readings of the other indicator, and their total. */
    readonly against?: { readonly indicator: string } & Pick<Answers['breakdown'], 'readings' | 'total'>
  }
  /** Both sides with their parts. `now` and `earlier` are the spans that were compared, which may be less than was asked. */
  compare: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly with: ComparedWith
    readonly said: Text
    /** Whether it leans on a day off that nobody has decided yet. */
    readonly provisional: boolean
    readonly now: { readonly from: number; readonly to: number }
    readonly earlier: { readonly from: number; readonly to: number } | null
    readonly rows: readonly Compared[]
    readonly total: Compared | null
    readonly carried?: readonly CarriedUnit[]
  }
  /** What each part brings to the change of the whole, or to its distance from what it is compared with, most first; their amounts add up to `total.change.value` exactly. */
  contributions: Omit<Answers['compare'], 'rows'> & {
    readonly rows: readonly (Compared & Contribution)[]
    /** Who spoke on one side only: a change that leans on them may be no change of the country. */
    readonly uneven: { readonly onlyNow: readonly string[]; readonly onlyEarlier: readonly string[] }
    /** What each side of the whole lacks; null of a side that is no stretch of time. */
    readonly lacking: { readonly now: Lacking | null; readonly earlier: Lacking | null }
  }
  /** Every version, in key order and then newest first; `decided`: the person whose word it is; `next` is null on the last page. */
  observations: {
    readonly pulse: Pulse
    readonly observations: readonly (StoredObservation & { readonly decided: Decided | null })[]
    readonly next: string | null
  }
  /** Held versions nobody has decided on, newest first; `messages` says why each is held; `standing` is the last taken value, which speaks meanwhile; null when there is none. */
  held: {
    readonly pulse: Pulse
    readonly held: readonly (StoredObservation & { readonly standing: string | null; readonly messages: Text })[]
  }
  score: ScoreAnswer
  /** `last`: the pulse at which something of the picture last changed, UTC milliseconds. */
  shown: {
    readonly pulse: Pulse
    readonly board: string
    readonly at: number
    readonly last: number
    readonly readings: readonly Reading[]
  }
  /** The newest spans first. */
  reconciliation: { readonly pulse: Pulse; readonly differing: readonly Differing[] }
  /** The last opened first; `history` of the one that was asked for by its id, in order. */
  incidents: {
    readonly pulse: Pulse
    readonly incidents: readonly Incident[]
    readonly history?: readonly Entry[]
  }
  /** Newest first. */
  notes: { readonly pulse: Pulse; readonly notes: readonly GlassNote[] }
  calendar: CalendarAnswer & { readonly pulse: Pulse }
  /** The furthest from its own first; `key` {} is all together. Of `judged` days `expectedFalse` are called so by chance: `falseAlarms` in a thousand. */
  anomalies: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly from: number
    readonly to: number
    readonly judged: number
    readonly falseAlarms: number
    readonly expectedFalse: number
    /** How many there are, of which `rows` are the furthest. */
    readonly found: number
    readonly rows: readonly (Pick<Point, 'from' | 'to' | 'value' | 'numerator' | 'denominator' | 'marks'> & {
      readonly key: Members
      readonly kind: DayKind | null
      /** What like days came to in the middle, and what would not have been remarkable; decimal text. */
      readonly expected: string
      readonly low: string
      readonly high: string
      /** Robust deviations from the middle, with sign. */
      readonly score: string
      /** On how many like days it rests. */
      readonly days: number
    })[]
  }
  /** `forecast` is null where the past is too short to try the method on, or not known by days. Counted up to `counted`; today is still to come. `missing`: days that are over without figures, where their like mostly have. */
  forecast: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly from: number
    readonly to: number
    readonly counted: number
    readonly days: { readonly done: number; readonly missing: number; readonly coming: number }
    readonly forecast: {
      readonly value: string
      /** What a question about the days that are over says. */
      readonly soFar: string | null
      /** The interval is meant to hold `level` of the time; tried on the past it held `held` of `tries` times. Null where the tries are too few to say. */
      readonly low: string | null
      readonly high: string | null
      readonly level: number
      readonly held: number | null
      /** Earlier stretches it was tried on, none of which shares a day to come with another. */
      readonly tries: number
    } | null
    readonly target: { readonly value: string; readonly basis: string } | null
    /** `met` and `missed`: all of the interval says so. `by`: the forecast less the target. */
    readonly verdict: {
      readonly verdict: 'met' | 'missed' | 'open'
      readonly met: boolean
      readonly by: string
    } | null
    /** What the rest of the period must come to for a ratio to end on its target. */
    readonly needed: string | null
  }
  /** Each change of what was said once, the newest first; `window` is that of the panel that said it. */
  glass: {
    readonly pulse: Pulse
    readonly said: readonly { readonly at: number; readonly window: string; readonly reading: Reading }[]
  }
  /** `size` is by population where a list is declared, else the cases behind the figure; `peers` the nearest in size first. */
  peers: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly unit: string
    readonly own: Reading | null
    readonly size: { readonly by: 'population' | 'denominator'; readonly value: string } | null
    readonly nation: Together
    readonly region: (Together & { readonly id: string }) | null
    readonly peers: readonly { readonly reading: Reading; readonly size: string }[]
    readonly alike: Together | null
  }
  ranking: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly step: 'day' | 'week' | 'month'
    readonly periods: readonly (Pick<Answers['breakdown'], 'readings' | 'total' | 'ranks'> & {
      readonly from: number
      readonly to: number
      readonly label: Text
    })[]
  }
  /** Newest first. */
  corrections: { readonly pulse: Pulse; readonly corrections: readonly Correction[] }
}
