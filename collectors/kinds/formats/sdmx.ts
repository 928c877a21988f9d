/** What all SDMX messages have in common: an observation of a message → a row, scaled, with what is missing left out. */
import { shift } from '../../../kpi/format.ts'
import { fieldsOfValue } from '../../../kpi/source-mapping.ts'
import type { Text } from '../../../kpi/text.ts'
import { Placed } from '../kind.ts'
import type { Declared } from './format.ts'

/** A row of a message: dimensions, measures and attributes by id; codes as they stand in the message. */
export type SdmxRow = Record<string, unknown>

/** The measure of a message that has one. */
export const OBS_VALUE = 'OBS_VALUE'
/** Whether the message takes the observation back (its action is Delete): a mapping reads it by `withdrawn: WITHDRAWN`. */
const WITHDRAWN = 'WITHDRAWN'
/** How exactly a value is meant: a mapping reads it by `qualifier: { field: QUALIFIER }`. */
const QUALIFIER = 'QUALIFIER'

/** CL_OBS_STATUS 2.2: estimated, imputed and low reliability are not exact. */
const INEXACT: ReadonlySet<unknown> = new Set(['E', 'I', 'U'])

/** The codes of an observation's status, of which it may have several. */
const statuses = (row: SdmxRow): readonly string[] => said(row.OBS_STATUS).split(/[^\w]+/)

/** The fields that mappings read values from: the measures of a message that has no OBS_VALUE. */
export const valuesRead = ({ observations = [] }: Declared): readonly string[] => [
  ...new Set(observations.flatMap(({ value }) => fieldsOfValue(value))),
]

const FORECAST: Text = {
  vi: 'OBS_STATUS F: dự báo không phải số đã đo, không nhận',
  en: 'OBS_STATUS F: a forecast is no measured figure and is not taken',
}
const YEAR: Text = {
  vi: 'năm báo cáo không bắt đầu ngày 1 tháng 1 (REPORTING_YEAR_START_DAY); chưa đọc được kỳ này',
  en: 'the reporting year does not begin on 1 January (REPORTING_YEAR_START_DAY); its periods cannot be read',
}
const SCALE: Text = {
  vi: 'UNIT_MULT không phải số nguyên từ -15 đến 15',
  en: 'UNIT_MULT is no whole number from -15 to 15',
}

const said = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** What stands for a value that is missing: nothing, or not a number. */
export const isMissing = (value: unknown): boolean => ['', 'nan', '#n/a'].includes(said(value).toLowerCase())

/** Plain decimal text; null for what a point cannot be moved in. */
function decimalOf(value: unknown): string | null {
  const text = said(value)
  if (/^[-+]?\d+(?:\.\d+)?$/.test(text)) return text.replace('+', '')
  // An exponent is how JSON and XML may write a number.
  const match = /^([-+]?\d+(?:\.\d+)?)[eE]([-+]?\d{1,2})$/.exec(text)
  return match ? shift((match[1] as string).replace('+', ''), Number(match[2])) : null
}

/**
 * The row of an observation; null where its measures are missing, which is no mistake. UNIT_MULT moves the point of the
 * measures it is about (`scaled`), so that 1.5 thousand is 1500; what was sent stays beside it under `<measure>.stated`.
 */
export function observed(
  at: number,
  row: SdmxRow,
  measures: readonly string[],
  deleted: boolean,
  scaled = measures,
): Placed | null {
  if (!deleted && measures.every((id) => isMissing(row[id]))) return null
  const begin = said(row.REPORTING_YEAR_START_DAY)
  if (begin !== '' && begin !== '--01-01' && /^\d{4}-?[A-Z]\d/.test(said(row.TIME_PERIOD)))
    return new Placed(at, row, YEAR)
  if (statuses(row).includes('F')) return new Placed(at, row, FORECAST)
  const zeros = said(row.UNIT_MULT) === '' ? 0 : Number(said(row.UNIT_MULT))
  if (!Number.isInteger(zeros) || Math.abs(zeros) > 15) return new Placed(at, row, SCALE)
  for (const id of measures) {
    const decimal = decimalOf(row[id])
    if (decimal === null) continue
    const own = scaled.includes(id) ? zeros : 0
    if (own !== 0) row[`${id}.stated`] = row[id]
    row[id] = shift(decimal, own)
  }
  row[WITHDRAWN] = String(deleted)
  row[QUALIFIER] = statuses(row).some((code) => INEXACT.has(code)) ? 'about' : 'exact'
  return new Placed(at, row)
}
