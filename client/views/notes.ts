/** Notes people left on what a panel shows: who, when, on which value; one that has changed since says so. */
import { formatNumber } from '../../kpi/format.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { GlassNote } from '../../kpi/wire.ts'
import { words } from '../words/index.ts'
import { nameOf } from './incident-cards.ts'
import { sayMoment } from './say-when.ts'
import type { Shown } from './shown.ts'

/** The notes about the slices of a panel, the newest first. */
export function notesOf({ glass, parts }: Pick<Shown, 'glass' | 'parts'>): readonly GlassNote[] {
  return (glass?.notes ?? []).filter((note) =>
    parts.some(({ slice }) => {
      if (note.indicator !== null && note.indicator !== slice.indicator) return false
      const split = (dimension: string) => slice.by.includes(dimension)
      const members = Object.entries(note.members)
      // A note on a unit is shown where that unit is: in its own figure, or among those a panel lists.
      return (
        members.every(([dimension, member]) => split(dimension) || slice.where[dimension] === member) &&
        (members.length > 0 || note.indicator !== null)
      )
    }),
  )
}

/** A note in one sentence. `readings`: what the panel shows now. */
export function sayNote(
  note: GlassNote,
  readings: readonly Reading[],
  shown: Pick<Shown, 'catalogue' | 'language' | 'now'>,
): string {
  const { catalogue, language, now } = shown
  const say = words(language)
  const about = Object.entries(note.members).map(([dimension, member]) =>
    nameOf(catalogue)(dimension, member, language),
  )
  const own = readings.find(({ key }) =>
    Object.entries(note.members).every(([dimension, member]) => (key[dimension] ?? member) === member),
  )
  const changed = note.value !== null && own !== undefined && own.value !== note.value
  const decimals = catalogue.indicators.get(note.indicator ?? '')?.decimals ?? 0
  const value =
    changed && /^-?\d+(\.\d+)?$/.test(note.value ?? '')
      ? say.noteValue(formatNumber(note.value ?? '', language, decimals))
      : ''
  const who = [note.by, sayMoment(note.pulse, now, language), ...about, value].filter(Boolean).join(', ')
  return say.noteOn(who, note.text)
}
