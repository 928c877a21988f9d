/** What of a picture a panel draws, as values to compare: a panel of which nothing changed is not drawn again. */
import type { Panel } from '../../kpi/board.ts'
import { panelSlice } from '../../kpi/catalogue.ts'
import { formatAge } from '../../kpi/format.ts'
import { floor } from '../../kpi/range.ts'
import { sliceKey } from '../../kpi/slice.ts'
import type { Health } from '../../kpi/wire.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'
import { sayHand } from '../views/incident-cards.ts'
import { turnOf } from './pace.ts'
import { revision } from './panel-parts.ts'

/** Views that show the system, incidents or the time themselves, which go on every second. */
const ALWAYS: readonly Panel['view'][] = ['system', 'incidents', 'clock']

/** The values; null for a panel that is drawn with every picture. `now`: server time. */
export function drawnOf(
  panel: Panel,
  catalogue: Known,
  picture: Picture | null,
  now: number,
): readonly unknown[] | null {
  if (!picture || ALWAYS.includes(panel.view)) return null
  const declared = [...(panel.slice ? [panel.slice] : []), ...(panel.slices ?? [])]
  const all = declared.flatMap((one) => {
    const indicator = catalogue.indicators.get(one.indicator)
    if (!indicator) return []
    const key = sliceKey(panelSlice(catalogue as unknown as Parameters<typeof panelSlice>[0], one))
    return [{ indicator, points: picture.slices.get(key), corrections: picture.corrections.get(key) }]
  })
  const newest = Math.max(0, ...all.flatMap(({ points }) => [...(points?.values() ?? [])].map(({ asOf }) => asOf ?? 0)))
  return [
    // Ages of single points go on by the minute, those of one panel in a second of their own: all panels of a board at once would hold up its frame.
    floor(now + phaseOf(panel), 'minute'),
    ...[picture.board, picture.pulse.store, picture.awaySince, picture.glass, sourcesOf(picture.health)],
    formatAge(now - newest, 'vi'),
    handOf(
      picture,
      all.map(({ indicator }) => indicator.id),
      catalogue,
      now,
    ),
    // News replaces the points of the slices it tells of, and no others.
    ...all.flatMap(({ indicator, points, corrections }) => [
      ...[points, corrections, revision({ indicator }, picture)],
    ]),
  ]
}

/** For how long nobody has taken, or who was to end by when, what is open on some indicators: a screen that has just begun says the same. */
function handOf({ glass }: Picture, indicators: readonly string[], catalogue: Known, now: number): string {
  const open = (glass?.incidents ?? []).filter(
    ({ source, points }) => source !== null || points.some(({ indicator }) => indicators.includes(indicator)),
  )
  return open.map((one) => sayHand(one, { catalogue, language: 'vi', now }).text).join()
}

const phases = new WeakMap<Panel, number>()

/** In which millisecond of a minute a panel has its turn: the same on every screen. */
function phaseOf(panel: Panel): number {
  const known = phases.get(panel) ?? turnOf(JSON.stringify([panel.slice, panel.slices, panel.view]), 60_000)
  phases.set(panel, known)
  return known
}

/** Whether both say the same. */
export function isSame(a: readonly unknown[] | null, b: readonly unknown[] | null): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((one, i) => one === b[i])
}

const said = new WeakMap<Health, string>()

/** Which sources answer: all that a panel says of them. */
function sourcesOf(health: Health): string {
  const known = said.get(health) ?? health.sources.map(({ id, up, vouched }) => `${id} ${up} ${vouched}`).join()
  said.set(health, known)
  return known
}
