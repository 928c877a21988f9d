/** The links of the path source → screen: what each says of itself, how old that is, and whether it is well. */
import { formatAge, formatNumber, formatTime } from '../../kpi/format.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Language } from '../../kpi/text.ts'
import type { Health } from '../../kpi/wire.ts'
import { words } from '../words/index.ts'
import { sayMoment } from './say-when.ts'
import type { Shown } from './shown.ts'

export interface Link {
  readonly id: 'sources' | 'collectors' | 'outbox' | 'store' | 'pulse' | 'screens'
  readonly title: string
  readonly state: 'good' | 'warning' | 'critical'
  /** How it is, with its age. */
  readonly word: string
  readonly also: string
}

/** Collectors speak of every source at least every ten seconds; a minute of silence is no delay any more. */
export const SILENT = MINUTE

/** What waits on disk, and since when where that is longer than things are just on their way. */
function waitingWords(outbox: Health['outbox'], language: Language): string {
  if (!outbox) return ''
  const say = words(language)
  const megabytes = formatNumber((outbox.bytes / 1_048_576).toFixed(1), language, 1)
  const batches = say.waitingBatches(formatNumber(String(outbox.batches), language, 0), megabytes)
  return outbox.age < JUST ? batches : `${batches} · ${say.waitingSince(formatAge(outbox.age * 1000, language))}`
}
/** Seconds a batch may wait without a word. */
const JUST = 15

/** The six links in the order the data goes. */
export function links(shown: Shown, health: Health, now: number): readonly Link[] {
  const { language, catalogue } = shown
  const say = words(language)
  const figure = (n: number) => formatNumber(String(n), language, 0)
  const { sources } = health
  const down = sources.filter(({ up, vouched }) => vouched && !up)
  const unknown = sources.filter(({ vouched }) => !vouched)
  const answering = sources.length - down.length - unknown.length
  const { queue } = health
  const heard = [...sources.flatMap(({ seen }) => seen ?? []), ...(queue ? [queue.at] : [])]
  const last = heard.length === 0 ? null : Math.max(...heard)
  const age = last === null ? '' : formatAge(now - last, language)
  const away = health.store !== 'ok'
  const since = shown.awaySince === null ? '?' : formatTime(shown.awaySince)
  const silent = health.store === 'full' ? say.storeNoRoom(since) : say.storeSilent(since)
  const quiet = last === null || now - last > SILENT
  // While the store is away nobody can know how the collectors are: what they say waits with the rest.
  const silence = last === null ? say.neverHeard : say.silentSince(sayMoment(last, now, language))
  const names = down.slice(0, 2).map(({ id }) => catalogue.sources.get(id)?.title[language] ?? id)
  const waiting = sources.flatMap(({ backfill }) => backfill ?? [])
  const done = waiting.reduce((sum, one) => sum + one.done, 0)
  const wanted = waiting.reduce((sum, one) => sum + one.wanted, 0)
  return [
    {
      id: 'sources',
      title: say.linkSources,
      state: answering === sources.length ? 'good' : down.length === sources.length ? 'critical' : 'warning',
      word:
        sources.length > 0 && unknown.length === sources.length
          ? say.sourcesUnknown
          : say.answering(figure(answering), figure(sources.length)),
      also: names.length > 0 ? say.sourceDown(names.join(', '), down.length - names.length) : '',
    },
    {
      id: 'collectors',
      title: say.linkCollectors,
      state: quiet ? (away ? 'warning' : 'critical') : 'good',
      word: quiet ? silence : say.spoke(age),
      also: wanted > 0 ? say.backfill(figure(done), figure(wanted)) : '',
    },
    {
      id: 'outbox',
      title: say.linkOutbox,
      state: away || quiet || queue ? 'warning' : 'good',
      word: away
        ? say.holding
        : queue
          ? say.draining(figure(queue.batches))
          : last === null
            ? say.neverHeard
            : say.delivered(age),
      also: waitingWords(health.outbox, language),
    },
    {
      id: 'store',
      title: say.linkStore,
      state: away ? 'critical' : 'good',
      word: away ? silent : say.storeAnswers,
      also: `${say.version} #${figure(now)}`,
    },
    {
      id: 'pulse',
      title: say.linkPulse,
      state: 'good',
      word: say.beat(formatTime(now)),
      also: health.problems > 0 ? say.problems(health.problems) : '',
    },
    {
      id: 'screens',
      title: say.linkScreens,
      state: 'good',
      word: say.connected(figure(health.screens ?? 1)),
      also: '',
    },
  ]
}
