/** What had begun before this server did: patience goes on from when a condition began, not from when a server was started. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Log } from '../../kpi/log.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Store } from '../store/connect.ts'
import { replay } from './replay.ts'
import type { Holding, Watched } from './rounds.ts'

/** Shorter patience begins anew: to look back would take longer than it saves, milliseconds. */
const SHORT = 5 * MINUTE

/** By replay of the last stretch: the points of patient rules whose condition holds now, and since when. What cannot be looked back at begins anew. */
export async function heldBefore(
  store: Store,
  catalogue: Catalogue,
  rules: readonly Watched[],
  log: Log,
): Promise<readonly Holding[]> {
  const found: Holding[] = []
  const now = store.now()
  for (const { rule, patience } of rules) {
    const { silent, differ, band, age, coverage } = rule.when
    // What was not there is no proof: whoever starts has not yet been told what came meanwhile.
    if (patience.for < SHORT || silent || differ || band || age || coverage) continue
    const ask = { from: now - patience.for - 2 * SHORT, to: now, known: 'now' as const, now }
    const past = await replay(store, catalogue, rule, ask).catch((error: unknown) => {
      log.warn(
        {
          vi: `sự cố: quy tắc ${rule.id} không xem lại được lúc trước; thời gian chờ của nó tính lại từ đầu`,
          en: `incidents: the rule ${rule.id} could not look back; its patience begins anew`,
        },
        error,
      )
      return null
    })
    found.push(...(past?.holding ?? []))
  }
  return found
}
