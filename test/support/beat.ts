/** The pulse as it beats by itself, beside a clock that stays the hand's. */
import type { News } from '../../kpi/wire.ts'
import { keepBeating, startLive } from '../../server/live/pulse.ts'
import type { Store } from '../../server/store/connect.ts'
import { startFolding } from '../../server/store/folding.ts'
import type { TestStore } from './store.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }

/** Watches the interchange on this store until it is stopped; `news` grows. */
export async function startBeat({ catalogue, storeId }: TestStore, store: Store) {
  const news: News[] = []
  const folding = await startFolding(store, catalogue)
  const live = startLive({
    ...{ store, storeId, folding, catalogue, log, watched: () => new Set(['interchange']) },
    publish: (one) => news.push(one),
  })
  const nothing = async () => {}
  const beating = keepBeating(live, log, nothing, nothing)
  return { news: news as readonly News[], stop: () => beating.stop() }
}
