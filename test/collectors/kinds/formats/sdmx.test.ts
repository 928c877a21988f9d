/** SDMX messages built from the published specifications: JSON 2.0, 1.0 and the draft, CSV 2.0 and 1.0, ML generic and structure-specific. */
import { describe, expect, test } from 'vitest'
import { readAs } from './read.ts'

const coded = (id: string, keyPosition: number, ...ids: readonly string[]) => ({
  ...{ id, name: id, keyPosition },
  values: ids.map((one) => ({ id: one, name: `name of ${one}` })),
})
const INDICATOR = coded('INDICATOR', 2, 'FILINGS')
const AREAS = coded('REF_AREA', 1, 'VN-HN', 'VN-DN')
const TIMES = coded('TIME_PERIOD', 3, '2026-09', '2026-Q3')
const STATUS = { id: 'OBS_STATUS', values: [{ id: 'A' }, { id: 'M' }, { id: 'E' }, { id: 'F' }] }
const MULT = { id: 'UNIT_MULT', values: [{ id: '3' }, { id: '0' }] }

/** Two series of two periods: thousands, a missing value, an estimate and a forecast. */
const series = {
  '0': { attributes: [0], observations: { '0': [1.5, 0], '1': ['NaN', 1] } },
  '1': { attributes: [1], observations: { '0': ['7', 2], '1': [9, 3] } },
}
const levels = { dataSet: [coded('FREQ', 0, 'M'), INDICATOR], series: [AREAS], observation: [TIMES] }
const attributes = { dataSet: [], series: [MULT], observation: [STATUS] }
const message = {
  meta: { schema: 'https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json', id: 'IREF1', sender: { id: 'VN' } },
  data: {
    dataSets: [{ structure: 0, action: 'Replace', series }],
    structures: [{ dimensions: levels, measures: { observation: [{ id: 'OBS_VALUE' }] }, attributes, dataSets: [0] }],
  },
}
const brief = ({ REF_AREA, TIME_PERIOD, OBS_VALUE, QUALIFIER, WITHDRAWN }: Record<string, unknown>) =>
  [REF_AREA, TIME_PERIOD, OBS_VALUE, QUALIFIER, WITHDRAWN].join(' ')
const SAID = ['VN-HN 2026-09 1500 exact false', 'VN-DN 2026-09 7 about false']

describe('SDMX-JSON', () => {
  test('2.0: series, scaled; what is missing is left out, a forecast is refused', async () => {
    const { values, wrong, refused } = await readAs('sdmx-json', JSON.stringify(message))
    expect(refused).toBe('')
    expect(values.map(brief)).toEqual(SAID)
    expect(wrong).toEqual(['OBS_STATUS F: a forecast is no measured figure and is not taken'])
    expect(values[0]).toMatchObject({
      FREQ: 'M',
      INDICATOR: 'FILINGS',
      'REF_AREA.name': 'name of VN-HN',
      'OBS_VALUE.stated': 1.5,
    })
  })

  test('1.0 and the draft before it say the same', async () => {
    const structure = { dimensions: levels, attributes }
    const dataSets = [{ action: 'Information', series }]
    for (const older of [{ data: { structure, dataSets } }, { structure, dataSets }])
      expect((await readAs('sdmx-json', JSON.stringify(older))).values.map(brief)).toEqual(SAID)
  })

  test('a flat view, two measures, uncoded attributes, attributes of groups, a deletion', async () => {
    const flat = {
      data: {
        dataSets: [
          {
            structure: 0,
            dimensionGroupAttributes: { ':1:': [0] },
            observations: { '0:0:0': ['1.25', '4', 'checked'], '0:1:1': [-2, null] },
          },
          { structure: 0, action: 'Delete', observations: { '0:0:0': [null] } },
        ],
        structures: [
          {
            dimensions: { observation: [coded('FREQ', 0, 'M'), AREAS, { ...TIMES, keyPosition: 2 }] },
            measures: { observation: [{ id: 'OBS_VALUE' }, { id: 'COUNT' }] },
            attributes: { dimensionGroup: [MULT], observation: [{ id: 'COMMENT' }] },
          },
        ],
      },
    }
    const { values, refused } = await readAs('sdmx-json', JSON.stringify(flat))
    expect(refused).toBe('')
    expect(values.map((one) => [brief(one), one.COUNT, one.COMMENT])).toEqual([
      ['VN-HN 2026-09 1.25 exact false', '4', 'checked'],
      ['VN-DN 2026-Q3 -2000 exact false', undefined, undefined],
      ['VN-HN 2026-09  exact true', undefined, undefined],
    ])
  })

  test('what is no message, and what the source reports, are sentences; no results is an answer', async () => {
    const read = async (value: unknown) => (await readAs('sdmx-json', JSON.stringify(value))).refused
    expect(await read({ data: {} })).toContain('no data.dataSets')
    expect(await read({ errors: [{ code: 500, title: 'out of order' }] })).toContain('out of order')
    expect(await read({ errors: [{ code: 100, title: 'No results found' }] })).toBe('')
    const broken = structuredClone(message)
    Object.assign(broken.data.dataSets[0] as object, { series: { '9': { observations: { '0': [1] } } } })
    expect(await read(broken)).toContain('REF_AREA: there is no value number 9')
  })
})

describe('SDMX-CSV', () => {
  test('2.0: actions, scale, missing values', async () => {
    const text = [
      'STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT',
      'dataflow,VN:FILINGS(1.0.0),R,M,VN-HN,2026-09,1.5,A,3',
      'dataflow,VN:FILINGS(1.0.0),R,M,VN-HN,2026-Q3,NaN,M,3',
      'dataflow,VN:FILINGS(1.0.0),R,M,VN-DN,2026-09,7,E,',
      'dataflow,VN:FILINGS(1.0.0),D,M,VN-DN,2026-08,-,,',
      'dataflow,VN:FILINGS(1.0.0),D,M,VN-DN,2026-07,,-,',
    ].join('\r\n')
    const { values, refused } = await readAs('sdmx-csv', text)
    expect([refused, values.map(brief)]).toEqual(['', [...SAID, 'VN-DN 2026-08 - exact true']])
  })

  test('labels, a separator of the reader’s language, several values; 1.0 with its DATAFLOW', async () => {
    const text = [
      'STRUCTURE[|];STRUCTURE_ID;ACTION;REF_AREA: Vùng, lãnh thổ;TIME_PERIOD: Kỳ;OBS_VALUE: Giá trị;NOTE[]: Ghi chú',
      'dataflow;VN:F(1.0.0): Hồ sơ;I;VN-HN: Hà Nội;2026-09: 2026-09;1500;a|b',
    ].join('\n')
    const { values } = await readAs('sdmx-csv', text)
    expect(values.map(brief)).toEqual([SAID[0]])
    const older = await readAs('sdmx-csv', 'DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nVN:F(1.0),VN-HN,2026-09,1500\n')
    expect(older.values.map(brief)).toEqual([SAID[0]])
    expect((await readAs('sdmx-csv', 'a,b\n1,2\n')).refused).toContain('first column must be STRUCTURE')
  })
})

describe('SDMX-ML', () => {
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  test('structure-specific, with a group and in a flat view', async () => {
    const text = `${head}<message:StructureSpecificData xmlns:message="m" xmlns:ss="s" xmlns:xsi="x">
      <message:Header><message:ID>1</message:ID><message:Structure dimensionAtObservation="TIME_PERIOD"/></message:Header>
      <message:DataSet ss:action="Replace" xsi:type="ns1:DataSetType">
        <Group xsi:type="ns1:Sibling" REF_AREA="VN-HN" UNIT_MULT="3"/>
        <Series FREQ="M" REF_AREA="VN-HN"><Obs TIME_PERIOD="2026-09" OBS_VALUE="1.5" OBS_STATUS="A"/><Obs TIME_PERIOD="2026-Q3" OBS_VALUE="NaN"/></Series>
        <Obs FREQ="M" REF_AREA="VN-DN" TIME_PERIOD="2026-09" OBS_VALUE="7" OBS_STATUS="E"/>
      </message:DataSet></message:StructureSpecificData>`
    const { values, refused } = await readAs('sdmx-ml', text)
    expect([refused, values.map(brief)]).toEqual(['', SAID])
  })

  test('generic, and a report of the source', async () => {
    const value = (id: string, value: string) => `<g:Value id="${id}" value="${value}"/>`
    const text = `${head}<m:GenericData xmlns:m="m" xmlns:g="g"><m:DataSet action="Information">
      <g:Series><g:SeriesKey>${value('REF_AREA', 'VN-HN')}</g:SeriesKey><g:Attributes>${value('UNIT_MULT', '3')}</g:Attributes>
        <g:Obs><g:ObsDimension value="2026-09"/><g:ObsValue value="1.5"/></g:Obs></g:Series>
      <g:Obs><g:ObsKey>${value('REF_AREA', 'VN-DN')}${value('TIME_PERIOD', '2026-09')}</g:ObsKey><g:ObsValue value="7"/>
        <g:Attributes>${value('OBS_STATUS', 'E')}${value('UNIT_MULT', '0')}</g:Attributes></g:Obs></m:DataSet></m:GenericData>`
    const { values } = await readAs('sdmx-ml', text)
    expect(values.map(brief)).toEqual(SAID)
    const error = `${head}<m:Error xmlns:m="m"><m:ErrorMessage code="500"><c:Text xmlns:c="c">out of order</c:Text></m:ErrorMessage></m:Error>`
    expect((await readAs('sdmx-ml', error)).refused).toContain('out of order')
    expect((await readAs('sdmx-ml', error.replace('500', '100'))).refused).toBe('')
  })
})

/** What the published samples of the messages hold that is easily read wrongly; their structure, with figures of our own. */
describe('as the published samples are written', () => {
  const reads = (...fields: readonly string[]) => ({
    observations: fields.map((value) => ({ indicator: 'a/b', from: { field: 'TIME_PERIOD' }, value })),
  })

  test('JSON: a null among the values keeps its number; several values of one attribute; annotations after the attributes', async () => {
    const status = { id: 'OBS_STATUS', default: 'A', values: [null, { id: 'A' }, { id: 'F' }, { id: 'E' }] }
    const said = {
      data: {
        structures: [
          {
            dimensions: {
              dataSet: [coded('FREQ', 0, 'D')],
              series: [coded('CURRENCY', 1, 'NZD')],
              observation: [TIMES],
            },
            measures: { observation: [{ id: 'OBS_VALUE', format: { dataType: 'Double' } }] },
            attributes: { dataSet: [{ id: 'DESCRIPTION' }], observation: [status] },
          },
        ],
        dataSets: [
          {
            structure: 0,
            action: 'Merge',
            attributes: [['one', 'two']],
            series: { '0': { observations: { '0': [1.5931, 0, 4], '1': [1.5925, 1] } } },
          },
          { structure: 0, series: { '0': { observations: { '0': [2, [1, 2]], '1': [3, [1, 3]] } } } },
          { structure: 0, series: { '0': { observations: { '0': [], '1': [] } } } },
        ],
      },
    }
    const { values, wrong, refused } = await readAs('sdmx-json', JSON.stringify(said))
    expect([refused, wrong]).toEqual(['', ['OBS_STATUS F: a forecast is no measured figure and is not taken']])
    expect(values.map((one) => [one.OBS_VALUE, one.OBS_STATUS, one.QUALIFIER, one.DESCRIPTION])).toEqual([
      ['1.5931', 'A', 'exact', 'one;two'],
      ['1.5925', 'A', 'exact', 'one;two'],
      ['3', 'A;E', 'about', undefined],
    ])
  })

  test('CSV: measures under names of their own, rows of attributes alone, several labelled values, names in columns of their own', async () => {
    const text = [
      'STRUCTURE[;],STRUCTURE_ID,ACTION,REF_AREA: Area,TIME_PERIOD: Period,MEAS_1: First,MEAS_2: Second,OBS_STATUS[]: Status',
      'dataflow,VN:F(1.0.0): F,I,VN-HN: Hà Nội,2026-09: 2026-09,12.4: 12.4,,A: Normal;E: Estimated',
      'dataflow,VN:F(1.0.0): F,I,,2026-09: 2026-09,,,A: Normal',
      'dataflow,VN:F(1.0.0): F,I,VN-DN: Đà Nẵng,2026-09: 2026-09,7: 7,8: 8,A: Normal;F: Forecast',
    ].join('\n')
    const { values, wrong } = await readAs('sdmx-csv', text, reads('MEAS_1', 'MEAS_2'))
    expect(values.map((one) => [one.REF_AREA, one.MEAS_1, one.MEAS_2, one.QUALIFIER])).toEqual([
      ['VN-HN', '12.4', '', 'about'],
    ])
    expect(wrong).toEqual([expect.stringContaining('forecast')])
    const named = 'STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,REF_AREA,Area,TIME_PERIOD,Period,OBS_VALUE,Value'
    const one = await readAs('sdmx-csv', `${named}\ndataflow,VN:F(1.0.0),F,VN-HN,Hà Nội,2026-09,2026-09,5,\n`)
    expect(one.values.map(brief)).toEqual(['VN-HN 2026-09 5 exact false'])
    // A measure nobody finds is not passed over: the mapping then says what it looks for.
    expect((await readAs('sdmx-csv', text, reads('MEAS_3'))).values).toHaveLength(3)
  })

  test('ML 3.0: components of several values, another measure, an action said in the header; a measure that is nowhere is a sentence', async () => {
    const message = (header: string, body: string) =>
      `<m:StructureSpecificData xmlns:m="m" xmlns:ss="s" xmlns:xsi="x"><m:Header>${header}</m:Header><m:DataSet xsi:type="n:T" ss:structureRef="R">${body}</m:DataSet></m:StructureSpecificData>`
    const comp = (...codes: readonly string[]) =>
      `<Comp id="OBS_STATUS" xsi:type="n:S">${codes.map((code) => `<Value>${code}</Value>`).join('\n')}</Comp>`
    const body = `<Series REF_AREA="VN-HN" UNIT_MULT="0"><Comp id="TITLE"><Value><c:Text xmlns:c="c">Some text</c:Text></Value></Comp>
      <Obs TIME_PERIOD="2026-09" OBS_VALUE="1.46">${comp('A', 'F')}</Obs><Obs TIME_PERIOD="2026-10" OBS_VALUE="1.52">${comp('J', 'U')}</Obs>
      <Obs TIME_PERIOD="2026-11" OBS_VALUE="1.48">${comp('A')}</Obs></Series>`
    const { values, wrong } = await readAs('sdmx-ml', message('', body))
    expect(values.map(brief)).toEqual(['VN-HN 2026-10 1.52 about false', 'VN-HN 2026-11 1.48 exact false'])
    expect([values[0]?.OBS_STATUS, values[0]?.TITLE, wrong.length]).toEqual(['J;U', 'Some text', 1])
    const other = body.replaceAll('OBS_VALUE', 'MEAS_1')
    const deleted = message('<m:DataSetAction>Delete</m:DataSetAction>', other)
    expect(
      (await readAs('sdmx-ml', deleted, reads('MEAS_1'))).values.map((one) => [one.MEAS_1, one.WITHDRAWN]),
    ).toEqual([
      ['1.52', 'true'],
      ['1.48', 'true'],
    ])
    expect((await readAs('sdmx-ml', message('', other), reads('MEAS_2'))).refused).toMatch(
      /no observation holds OBS_VALUE, MEAS_2 \(they hold: .*MEAS_1/,
    )
  })
})
