/** What to do about a row that could not be taken, by what is wrong with it. */
import type { ObservationMapping } from '../kpi/source-mapping.ts'
import type { Text } from '../kpi/text.ts'

type Moment = Pick<ObservationMapping['from'], 'format' | 'zone'>

const AS_WRITTEN: Readonly<Record<ObservationMapping['numbers'], string>> = {
  decimal: '1234.5',
  en: '1,234.5',
  vi: '1.234,5',
}

export const REMEDY = {
  row: {
    vi: 'sửa dòng này trong tệp rồi gửi lại',
    en: 'correct the row in the file and send it again',
  },
  indicator: {
    vi: 'khai báo chỉ tiêu này trong dashboards/indicators, hoặc sửa mã ở nguồn',
    en: 'declare the indicator under dashboards/indicators, or correct its id at the source',
  },
  parts: {
    vi: 'nêu các phần (tử số, mẫu số) thay cho tỷ lệ',
    en: 'state the parts (numerator, denominator) instead of the ratio',
  },
  span: {
    vi: 'sửa thời điểm ở nguồn, hoặc khai span đúng với cách nguồn đếm',
    en: 'correct the moment at the source, or declare the span it counts by',
  },
  dimension: {
    vi: 'khai báo chiều này trong dashboards/dimensions',
    en: 'declare the dimension under dashboards/dimensions',
  },
  code: {
    vi: 'điền mã ở nguồn, hoặc khai absent: mã mà ô trống đại diện',
    en: 'fill in the code at the source, or declare absent: the code that an empty field stands for',
  },
  personal: {
    vi: 'nguồn chỉ gửi số tổng hợp; khai personal: [tên trường] để bỏ hẳn trường đó',
    en: 'let the source send totals only; declare personal: [field] to leave the field out altogether',
  },
  split: {
    vi: 'sửa giá trị ở nguồn, hoặc khai split đúng với cách nguồn viết',
    en: 'correct the value at the source, or declare split as the source writes it',
  },
  total: {
    vi: 'nguồn cần nói số lũy kế liền nhau theo thứ tự thời gian (sắp xếp theo thời gian; mỗi span một dòng)',
    en: 'let the source state its totals one after another in the order of time (sorted by time, one row a span)',
  },
  qualifier: {
    vi: 'dùng một trong các từ trên, hoặc để trống',
    en: 'use one of these words, or leave it empty',
  },
  window: {
    vi: 'dùng {from} và {to} trong url để nguồn chỉ trả lời khoảng được hỏi',
    en: 'use {from} and {to} in the url, so that the source answers for what it is asked',
  },
  moment: ({ format, zone }: Moment): Text => ({
    vi: `viết thời điểm dạng ${format} (${zone}), hoặc khai format và zone đúng với nguồn`,
    en: `write the moment as ${format} (${zone}), or declare the format and zone of the source`,
  }),
  number: ({ numbers }: Pick<ObservationMapping, 'numbers'>): Text => ({
    vi: `viết số dạng ${AS_WRITTEN[numbers]}, hoặc khai numbers: decimal, vi hay en đúng với nguồn`,
    en: `write the number as ${AS_WRITTEN[numbers]}, or declare numbers: decimal, vi or en as the source writes`,
  }),
} as const
