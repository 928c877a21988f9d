/** The questions, by name. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Answers, QueryName, QueryOf } from '../../kpi/query.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import { anomalies } from './anomalies.ts'
import { calendar } from './calendar.ts'
import { compare } from './compare.ts'
import { contributions } from './contributions.ts'
import { corrections } from './corrections.ts'
import { forecast } from './forecast.ts'
import { glass } from './glass.ts'
import { held } from './held.ts'
import { incidents, notes } from './incidents.ts'
import { observations } from './observations.ts'
import { peers } from './peers.ts'
import { ranking } from './ranking.ts'
import { readings } from './readings.ts'
import { reconciliation } from './reconciliation.ts'
import { score } from './score.ts'
import { shown } from './shown.ts'
import { breakdownAsked } from './two.ts'
import { seriesAsked } from './usual-line.ts'

export type Ask<Q extends QueryName> = (
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<Q>,
  pulse: Pulse,
  signal?: AbortSignal,
) => Promise<Answers[Q]>

export const ASK: { readonly [Q in QueryName]: Ask<Q> } = {
  readings,
  series: seriesAsked,
  breakdown: breakdownAsked,
  observations,
  held,
  score,
  corrections,
  compare,
  contributions,
  reconciliation,
  shown,
  incidents,
  notes,
  calendar,
  anomalies,
  forecast,
  ranking,
  glass,
  peers,
}
