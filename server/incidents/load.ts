/** The alarm system watches itself: how many incidents are opened, floods, chattering and stale ones, said as observations like everybody else's. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DAY, floor, HOUR, MINUTE } from '../../kpi/range.ts'
import type { Store } from '../store/connect.ts'
import { alarmCounts } from '../store/journal.ts'
import { sayOwn } from '../store/own.ts'
import { onDuty } from './duty.ts'

/** EEMUA 191 counts alarms in ten minutes: one is what an operator can deal with, more than ten are a flood. */
export const SPAN = 10 * MINUTE
export const FLOOD = 10
/** A cause that opens so often within an hour chatters; an incident open for longer than a day is stale (ISA-18.2). */
export const CHATTER = { times: 3, within: HOUR } as const
export const STALE = DAY

/** How long after its end a span is counted: by then every server has read what the others wrote. */
const SETTLED = MINUTE
/** How many past spans are said again, in case nobody was there to say them. */
const BACK = 6

export interface Load {
  /** Says what has not been said of the spans that are over. Rejects while the store is away. */
  beat(catalogue: Catalogue): Promise<void>
}

export function startLoad(store: Store): Load {
  let said = Number.NEGATIVE_INFINITY
  return {
    async beat(catalogue) {
      const end = floor(store.now() - SETTLED, SPAN)
      if (end <= said || !catalogue.indicators.has('system/alarms-opened')) return
      const first = Math.max(said, end - BACK * SPAN)
      for (let from = first; from < end; from += SPAN) await say(store, catalogue, from)
      said = end
    },
  }
}

/** Says one span; the same batch whichever server says it, so twice is once. */
async function say(store: Store, catalogue: Catalogue, from: number): Promise<void> {
  const to = from + SPAN
  const counts = await alarmCounts(store, { from, to, ...CHATTER, stale: to - STALE })
  const roles = [...(catalogue.roles?.values() ?? [])].filter((role) => onDuty(role, catalogue, to - 1))
  const flows = {
    'system/alarms-opened': counts.opened,
    'system/operator-spans': Math.max(1, roles.filter(({ least }) => least === 'warning').length),
    'system/alarm-floods': counts.opened > FLOOD ? 1 : 0,
    'system/alarms-chattering': counts.chattering,
  }
  const levels = {
    'system/alarms-open': counts.open,
    'system/alarms-untaken': counts.untaken,
    'system/alarms-stale': counts.stale,
  }
  await sayOwn(store, catalogue, { voice: 'alarms', run: `alarms-${from}`, received: to + SETTLED }, [
    ...Object.entries(flows).map(([indicator, value]) => ({ indicator, value, from, to })),
    ...Object.entries(levels).map(([indicator, value]) => ({ indicator, value, from: to, to })),
  ])
}
