/** Fills a store with a year of what the demonstration country says of some indicators, by INSERT … SELECT. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DAY, floor, MINUTE } from '../../kpi/range.ts'
import type { Store } from '../../server/store/connect.ts'

export const DAYS = 365
/** How many units speak: 34 provinces and 17 ministries. */
const UNITS = 51

/** What a source states of one member: `channel` where its rows are split by it. */
interface Spoken {
  readonly indicator: string
  readonly source: string
  readonly channel: string
}

function spokenOf(catalogue: Catalogue, indicators: ReadonlySet<string>): readonly Spoken[] {
  const channels = [...(catalogue.dimensions.get('channel')?.members.keys() ?? [])]
  return [...catalogue.sources.values()]
    .filter((source) => source.simulated)
    .flatMap((source) =>
      source.observations.flatMap(({ indicator, members }) =>
        typeof indicator !== 'string' || !indicators.has(indicator)
          ? []
          : ('channel' in members ? channels : ['']).map((channel) => ({ indicator, source: source.id, channel })),
      ),
    )
}

/** The units that speak: today's members with a code of their own on the document axis. */
export function unitsOf(catalogue: Catalogue): readonly string[] {
  const all = [...(catalogue.dimensions.get('unit')?.members.values() ?? [])]
  return all
    .filter(({ to, codes }) => to === undefined && codes.some(({ system }) => system === 'qcvn102'))
    .map(({ id }) => id)
    .slice(0, UNITS)
}

/** Rows of one statement: it is over long before its time is, on a busy machine too. */
const MOST = 400_000

/** A hundredth too few is as good as what was asked for, where the next length would give half as many more. */
const NEARLY = 0.99

/** Lengths a day divides into, minutes. */
const LENGTHS = [720, 480, 360, 240, 180, 120, 90, 80, 60, 45, 40, 30, 24, 20, 15, 12, 10, 8, 6, 5, 4, 3, 2, 1]

/**
 * Adds about `rows` observations: every unit and each of the indicators the same number of spans on each of the 365 days up to `now`.
 * Answers how many there are. They are not folded yet.
 */
export async function fill(
  store: Store,
  catalogue: Catalogue,
  indicators: ReadonlySet<string>,
  rows: number,
  now: number,
): Promise<number> {
  const spoken = spokenOf(catalogue, indicators)
  const units = unitsOf(catalogue)
  const perDay = rows / DAYS / (spoken.length * units.length)
  const length = LENGTHS.find((minutes) => 1440 / minutes >= perDay * NEARLY) ?? 1
  const spans = 1440 / length
  const first = floor(now, DAY) - (DAYS - 1) * DAY
  // A month at a time or less: what one statement builds must fit into memory and into the time a statement has.
  const step = Math.max(1, Math.min(30, Math.floor(MOST / (rows / DAYS))))
  for (let day = 0; day < DAYS; day += step) {
    const days = Math.min(step, DAYS - day)
    await store.run(
      'write',
      `INSERT INTO observation (indicator, source, members, "from", "to", value, qualifier, state, reason, received, stored, id, run, batch, stated, citation)
       SELECT spoken.1, spoken.2, if(spoken.3 = '', map('unit', unit), map('channel', spoken.3, 'unit', unit)),
         fromUnixTimestamp64Milli(begun, 'UTC'), fromUnixTimestamp64Milli(begun + {length: Int64}, 'UTC'),
         cityHash64(unit, spoken.1, begun) % 97, 'exact', 'taken', '', fromUnixTimestamp64Milli(begun + {length: Int64}, 'UTC'), fromUnixTimestamp64Milli({now: Int64}, 'UTC'),
         concat('fill', {part: String}, '.', toString(number)), 'fill', concat('fill-', {part: String}), '', ''
       FROM (
         SELECT number, {first: Int64} + number * {length: Int64} AS begun,
           arrayJoin(arrayZip({indicators: Array(String)}, {sources: Array(String)}, {channels: Array(String)})) AS spoken, arrayJoin({units: Array(String)}) AS unit
         FROM numbers({spans: UInt64})
       ) WHERE begun + {length: Int64} <= {now: Int64}`,
      {
        ...{ now, units, part: String(day), first: first + day * DAY, length: length * MINUTE, spans: days * spans },
        indicators: spoken.map(({ indicator }) => indicator),
        sources: spoken.map(({ source }) => source),
        channels: spoken.map(({ channel }) => channel),
      },
    )
  }
  const [count] = await store.rows<{ all: number }>('write', 'SELECT count() AS all FROM observation')
  return count?.all ?? 0
}
