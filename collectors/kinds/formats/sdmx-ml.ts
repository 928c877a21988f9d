/** SDMX-ML data messages, generic and structure-specific, 2.1 and 3.0 → rows, read in pieces. */
import { type Placed, Unreadable } from '../kind.ts'
import { all } from './input.ts'
import type { ReadPieces } from './pieces.ts'
import { type Element, readXml } from './sax.ts'
import { OBS_VALUE, observed, type SdmxRow, valuesRead } from './sdmx.ts'

/** Attributes of XML that are no components. */
const NOT_OURS: ReadonlySet<string> = new Set(['type', 'structureRef', 'setID', 'dataScope', 'action', 'xmlns'])
const MOST_GROUPS = 10_000
/** Characters of a value that stands as text. */
const MOST_TEXT = 4096

function components({ attributes }: Element): SdmxRow {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !NOT_OURS.has(name)))
}

/** Hears a message and collects its rows. `read`: the fields values are read from. */
function messageReader(read: readonly string[]) {
  let rows: Placed[] = []
  const groups: SdmxRow[] = []
  let [base, series, observation]: [SdmxRow, SdmxRow, SdmxRow | null] = [{}, {}, null]
  let [group, last]: [SdmxRow | null, SdmxRow] = [null, {}]
  let [time, deleted, at, inData] = ['TIME_PERIOD', false, 0, false]
  let error: string[] | null = null
  /** A component of several values (3.0), while its values come; and an action said once for all data sets. */
  let component: { readonly id: string; readonly values: string[] } | null = null
  let [text, action, measured] = ['', '', false]

  /** Where a generic message's Value belongs. */
  const target = () => observation ?? group ?? series

  /** A group gives its attributes to every series that has its dimensions. */
  function grouped(row: SdmxRow): SdmxRow {
    const own = { ...row }
    for (const one of groups) {
      const names = Object.keys(one)
      const shared = names.filter((name) => row[name] !== undefined)
      if (shared.length > 0 && shared.every((name) => row[name] === one[name]))
        for (const name of names) own[name] ??= one[name]
    }
    return own
  }

  return {
    take() {
      const heard = rows
      rows = []
      return heard
    },
    /** What the source says is wrong, if it does. */
    error: () => error,
    /** What the last observation holds, where no observation holds a measure; null where one does. */
    holds: () => (at > 0 && !measured ? Object.keys(last) : null),
    open(element: Element) {
      const { name, attributes } = element
      text = ''
      if (name === 'Error') error ??= []
      // No results is an answer, and says nothing (SDMX REST, error 100).
      if (name === 'ErrorMessage' && attributes.code === '100') error = null
      if (
        name === 'Structure' &&
        attributes.dimensionAtObservation &&
        attributes.dimensionAtObservation !== 'AllDimensions'
      )
        time = attributes.dimensionAtObservation
      if (name === 'DataSet') {
        inData = true
        base = components(element)
        deleted = (attributes.action ?? action) === 'Delete'
        series = { ...base }
      } else if (!inData) return
      else if (name === 'Group') group = components(element)
      else if (name === 'Series') series = { ...base, ...components(element) }
      else if (name === 'Obs') observation = { ...components(element) }
      else if (name === 'Comp') component = { id: attributes.id ?? '', values: [] }
      else if (name === 'ObsDimension') target()[attributes.id ?? time] = attributes.value ?? ''
      else if (name === 'ObsValue') target()[attributes.id ?? OBS_VALUE] = attributes.value ?? ''
      else if (name === 'Value' && attributes.id !== undefined) target()[attributes.id] = attributes.value ?? ''
    },
    text(piece: string) {
      if (text.length < MOST_TEXT) text += piece
      if (error && piece.trim() !== '') error.push(piece.trim())
    },
    close(name: string) {
      if (name === 'DataSetAction') action = text.trim()
      if (name === 'Value' && component) component.values.push(text.trim())
      if (name === 'Comp' && component) {
        if (component.id !== '') target()[component.id] = component.values.join(';')
        component = null
      }
      if (name === 'DataSet') inData = false
      if (name === 'Series') series = { ...base }
      if (name === 'Group' && group) {
        if (groups.length < MOST_GROUPS) groups.push(group)
        group = null
      }
      if (name !== 'Obs' || observation === null) return
      at += 1
      last = { ...grouped(series), ...observation }
      const measures = OBS_VALUE in last ? [OBS_VALUE] : read.filter((id) => id in last)
      measured ||= measures.length > 0 || deleted
      const row = observed(at, last, measures, deleted)
      if (row) rows.push(row)
      observation = null
    },
  }
}

export const sdmxMl: ReadPieces = (reading) => ({
  async *rows(input) {
    const read = valuesRead(reading)
    const reader = messageReader(read)
    for await (const _ of readXml(all(input), reader)) yield reader.take()
    const error = reader.error()
    if (error)
      throw new Unreadable({
        vi: `SDMX-ML: nguồn báo lỗi: ${error.join(' ')}`,
        en: `SDMX-ML: the source reports: ${error.join(' ')}`,
      })
    const holds = reader.holds()
    if (holds)
      throw new Unreadable({
        vi: `SDMX-ML: không quan sát nào có ${[OBS_VALUE, ...read].join(', ')} (có: ${holds.join(', ')}); kiểm tra value`,
        en: `SDMX-ML: no observation holds ${[OBS_VALUE, ...read].join(', ')} (they hold: ${holds.join(', ')}); look at value`,
      })
  },
})
