/** The statistics service: cut regulations by unit and day, as SDMX data messages (JSON 2.0, or CSV 2.0 where that is asked for). */
import { DAY, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Fields } from './measure.ts'
import type { Door, Item, Value } from './systems.ts'

const dayOf = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(0, 10)

const FIELDS: Fields = {
  COUNTED: 'regulations/counted',
  CUT: 'regulations/cut',
  COST: 'regulations/cost',
  COST_CUT: 'regulations/cost-cut',
}
/** Stated in thousands of their unit. */
const IN_THOUSANDS: readonly string[] = ['COST', 'COST_CUT']
const FLOW = 'VN:REGULATIONS(1.0.0)'

const thousandth = (value: Value) => (typeof value === 'number' ? value / 1000 : value)
const distinct = (items: readonly Item[], id: string) => [...new Set(items.map((item) => String(item[id])))]

function json(items: readonly Item[]): string {
  const [areas, times] = [distinct(items, 'REF_AREA'), distinct(items, 'TIME_PERIOD')]
  const measures = Object.keys(items[0] ?? FIELDS).filter((id) => id !== 'REF_AREA' && id !== 'TIME_PERIOD')
  const series: Record<string, { attributes: number[]; observations: Record<string, Value[]> }> = {}
  for (const item of items) {
    const key = String(areas.indexOf(String(item.REF_AREA)))
    const values = measures.map((id) => (IN_THOUSANDS.includes(id) ? thousandth(item[id] ?? null) : (item[id] ?? null)))
    series[key] ??= { attributes: [0], observations: {} }
    series[key].observations[times.indexOf(String(item.TIME_PERIOD))] = values
  }
  const component = (id: string, keyPosition: number, ids: readonly string[]) => ({
    ...{ id, name: id, keyPosition },
    values: ids.map((one) => ({ id: one, name: one })),
  })
  const unitMult = {
    ...{ id: 'UNIT_MULT', name: 'Unit multiplier', values: [{ id: '3', name: 'Thousands' }] },
    relationship: { dimensions: ['REF_AREA'], measures: IN_THOUSANDS },
  }
  return JSON.stringify({
    $schema: 'https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json',
    meta: { id: 'REGULATIONS', test: true, contentLanguages: ['vi'], sender: { id: 'VN' } },
    data: {
      dataSets: [{ structure: 0, action: 'Replace', series }],
      structures: [
        {
          links: [{ rel: 'dataflow', urn: `urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=${FLOW}` }],
          dimensions: {
            dataSet: [component('FREQ', 0, ['D'])],
            series: [component('REF_AREA', 1, areas)],
            observation: [component('TIME_PERIOD', 2, times)],
          },
          measures: { observation: measures.map((id) => ({ id, name: id, format: { dataType: 'Decimal' } })) },
          attributes: { dataSet: [], dimensionGroup: [], series: [unitMult], observation: [] },
          dataSets: [0],
        },
      ],
    },
  })
}

function csv(items: readonly Item[]): string {
  const ids = ['REF_AREA', 'TIME_PERIOD', ...Object.keys(FIELDS)]
  const lines = items.map((item) => ['dataflow', FLOW, 'R', 'D', ...ids.map((id) => item[id] ?? 'NaN')].join(','))
  return [['STRUCTURE', 'STRUCTURE_ID', 'ACTION', 'FREQ', ...ids].join(','), ...lines, ''].join('\r\n')
}

const JSON_TYPE = 'application/vnd.sdmx.data+json;version=2.0.0'
const CSV_TYPE = 'application/vnd.sdmx.data+csv;version=2.0.0'

/** `startPeriod` and `endPeriod` say the stretch, both included; `*` is every unit. */
export const statistics: Door = {
  ...{ path: '/sdmx/data/dataflow/VN/REGULATIONS/1.0.0/*', service: 'statistics', span: DAY, fields: FIELDS },
  head: (unit, from) => ({ REF_AREA: unit.code, TIME_PERIOD: dayOf(from) }),
  write: (items, accept = '') =>
    accept.includes('data+csv') ? { type: CSV_TYPE, body: csv(items) } : { type: JSON_TYPE, body: json(items) },
}
