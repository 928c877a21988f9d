/** SDMX-ML data messages, generic and structure-specific, 2.1 and 3.0 → rows, read in pieces. */
import { type Placed, Unreadable } from '../kind.ts'
import { all } from './input.ts'
import type { ReadPieces } from './pieces.ts'
import { type Element, readXml } from './sax.ts'
import { OBS_VALUE, observed, type SdmxRow } from './sdmx.ts'

/** Attributes of XML that are no components. */
const NOT_OURS: ReadonlySet<string> = new Set(['type', 'structureRef', 'setID', 'dataScope', 'action', 'xmlns'])
const MOST_GROUPS = 10_000

function components({ attributes }: Element): SdmxRow {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !NOT_OURS.has(name)))
}

/** Hears a message and collects its rows. */
function messageReader() {
  let rows: Placed[] = []
  const groups: SdmxRow[] = []
  let [base, series, observation]: [SdmxRow, SdmxRow, SdmxRow | null] = [{}, {}, null]
  let group: SdmxRow | null = null
  let [time, deleted, at, inData] = ['TIME_PERIOD', false, 0, false]
  let error: string[] | null = null

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
    open(element: Element) {
      const { name, attributes } = element
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
        deleted = attributes.action === 'Delete'
        series = { ...base }
      } else if (!inData) return
      else if (name === 'Group') group = components(element)
      else if (name === 'Series') series = { ...base, ...components(element) }
      else if (name === 'Obs') observation = { ...components(element) }
      else if (name === 'ObsDimension') target()[attributes.id ?? time] = attributes.value ?? ''
      else if (name === 'ObsValue') target()[attributes.id ?? OBS_VALUE] = attributes.value ?? ''
      else if (name === 'Value' && attributes.id !== undefined) target()[attributes.id] = attributes.value ?? ''
    },
    text(piece: string) {
      if (error && piece.trim() !== '') error.push(piece.trim())
    },
    close(name: string) {
      if (name === 'DataSet') inData = false
      if (name === 'Series') series = { ...base }
      if (name === 'Group' && group) {
        if (groups.length < MOST_GROUPS) groups.push(group)
        group = null
      }
      if (name !== 'Obs' || observation === null) return
      at += 1
      const row = observed(at, { ...grouped(series), ...observation }, [OBS_VALUE], deleted)
      if (row) rows.push(row)
      observation = null
    },
  }
}

export const sdmxMl: ReadPieces = () => ({
  async *rows(input) {
    const reader = messageReader()
    for await (const _ of readXml(all(input), reader)) yield* reader.take()
    const error = reader.error()
    if (error)
      throw new Unreadable({
        vi: `SDMX-ML: nguồn báo lỗi: ${error.join(' ')}`,
        en: `SDMX-ML: the source reports: ${error.join(' ')}`,
      })
  },
})
