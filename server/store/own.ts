/** What this system says of itself: observations like everybody else's, of sources that need no declaration. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Observation } from '../../kpi/observation.ts'
import { SYSTEM_SOURCE } from '../../kpi/source.ts'
import type { Store } from './connect.ts'
import { append } from './observations.ts'

/** Who speaks of what: its collectors, its alarms, the screens of its director. */
export const VOICES = { collectors: SYSTEM_SOURCE, alarms: 'system/incidents', screens: 'system/screens' } as const
type Voice = keyof typeof VOICES
/** Sources nobody declares. */
export const UNDECLARED: readonly string[] = Object.values(VOICES)

/** A count of one of its indicators over a span; times in UTC milliseconds. */
export interface Own {
  readonly indicator: string
  readonly value: number
  readonly from: number
  readonly to: number
}

/** Says counts, those whose indicators are declared, as one batch named `run`; said again it is the same. Rejects while the store is away. */
export async function sayOwn(
  store: Store,
  catalogue: Pick<Catalogue, 'indicators'>,
  { voice, run, received }: { readonly voice: Voice; readonly run: string; readonly received: number },
  counts: readonly Own[],
): Promise<void> {
  const observations = counts
    .filter(({ indicator }) => catalogue.indicators.has(indicator))
    .map(
      ({ value, ...one }, position): Observation => ({
        ...one,
        ...{ id: `${run}.${position}`, source: VOICES[voice], members: {}, value: String(value) },
        ...{ qualifier: 'exact', state: 'taken', reason: '', received, run, stated: '', citation: '' },
      }),
    )
  await append(store, { id: run, observations })
}
