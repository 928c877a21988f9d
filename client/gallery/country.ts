/** An invented country for the gallery: indicators, units, sources and two boards. Examples, never data. */
import type { Board } from '../../kpi/board.ts'
import type { Member } from '../../kpi/dimension.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Known, known } from '../known.ts'

const UNITS: readonly (readonly [string, string])[] = [
  ['ha-noi', 'Hà Nội'],
  ['cao-bang', 'Cao Bằng'],
  ['tuyen-quang', 'Tuyên Quang'],
  ['dien-bien', 'Điện Biên'],
  ['lai-chau', 'Lai Châu'],
  ['son-la', 'Sơn La'],
  ['lao-cai', 'Lào Cai'],
  ['thai-nguyen', 'Thái Nguyên'],
  ['lang-son', 'Lạng Sơn'],
  ['quang-ninh', 'Quảng Ninh'],
  ['bac-ninh', 'Bắc Ninh'],
  ['phu-tho', 'Phú Thọ'],
  ['hai-phong', 'Hải Phòng'],
  ['hung-yen', 'Hưng Yên'],
  ['ninh-binh', 'Ninh Bình'],
  ['thanh-hoa', 'Thanh Hóa'],
  ['nghe-an', 'Nghệ An'],
  ['ha-tinh', 'Hà Tĩnh'],
  ['quang-tri', 'Quảng Trị'],
  ['hue', 'Huế'],
  ['da-nang', 'Đà Nẵng'],
  ['quang-ngai', 'Quảng Ngãi'],
  ['gia-lai', 'Gia Lai'],
  ['khanh-hoa', 'Khánh Hòa'],
  ['dak-lak', 'Đắk Lắk'],
  ['lam-dong', 'Lâm Đồng'],
  ['dong-nai', 'Đồng Nai'],
  ['ho-chi-minh', 'Hồ Chí Minh'],
  ['tay-ninh', 'Tây Ninh'],
  ['dong-thap', 'Đồng Tháp'],
  ['vinh-long', 'Vĩnh Long'],
  ['an-giang', 'An Giang'],
  ['can-tho', 'Cần Thơ'],
  ['ca-mau', 'Cà Mau'],
]
export const UNIT_IDS: readonly string[] = UNITS.map(([id]) => id)

export const LONG_NAME = {
  vi: 'Tỷ lệ hồ sơ thủ tục hành chính tiếp nhận trực tuyến được giải quyết trước hạn hoặc đúng hạn tại bộ phận một cửa các cấp',
  en: 'Share of administrative procedure filings received online and settled before or on the promised date at the one-stop units of all levels',
}

const member = (id: string, name: string, more: Partial<Member> = {}): Member => ({
  id,
  name: { vi: name, en: name },
  codes: [],
  parents: [],
  successors: [],
  ...more,
})

const plain = {
  window: 'today',
  better: 'neither',
  decimals: 0,
  targets: [],
  plans: [],
  plausible: { min: 0 },
  dimensions: ['unit'],
  sources: [],
} as const
type Given = Pick<Indicator, 'id' | 'title' | 'kind' | 'unit'> & Partial<Indicator>
const indicator = (given: Given) => ({ ...plain, ...given }) as unknown as Indicator

const documents = { vi: 'văn bản', en: 'documents' }
const filings = { vi: 'hồ sơ', en: 'filings' }
const target95 = { value: 95, basis: 'Quyết định ví dụ 01/QĐ', from: '2020-01-01' }

const INDICATORS: readonly Indicator[] = [
  indicator({
    id: 'documents/sent',
    title: { vi: 'Văn bản gửi', en: 'Documents sent' },
    kind: 'flow',
    unit: documents,
    rhythm: '5m',
  }),
  indicator({
    id: 'documents/received',
    title: { vi: 'Văn bản nhận', en: 'Documents received' },
    kind: 'flow',
    unit: documents,
    rhythm: '5m',
  }),
  indicator({
    id: 'filings/settled',
    title: { vi: 'Hồ sơ đã giải quyết', en: 'Filings settled' },
    kind: 'flow',
    unit: filings,
  }),
  indicator({
    id: 'filings/settled-on-time',
    title: { vi: 'Hồ sơ giải quyết đúng hạn', en: 'Filings settled on time' },
    kind: 'flow',
    unit: filings,
  }),
  indicator({
    id: 'filings/on-time',
    title: { vi: 'Giải quyết đúng hạn', en: 'Settled on time' },
    kind: 'ratio',
    ratio: { of: 'filings/settled-on-time', to: 'filings/settled' },
    unit: 'percent',
    decimals: 1,
    better: 'higher',
    limits: { warning: 90, critical: 80 },
    targets: [target95],
    rhythm: '5m',
  }),
  indicator({ id: 'long', title: LONG_NAME, kind: 'flow', unit: filings, rhythm: '5m' }),
  indicator({
    id: 'tiny',
    title: { vi: 'Thời gian chờ trung bình', en: 'Mean waiting time' },
    kind: 'level',
    unit: { vi: 'giây', en: 'seconds' },
    decimals: 6,
    rhythm: '5m',
  }),
  indicator({
    id: 'published/on-time',
    title: { vi: 'Tỷ lệ hồ sơ giải quyết đúng hạn', en: 'Share of filings settled on time' },
    kind: 'reported',
    unit: 'percent',
    window: 'latest',
    better: 'higher',
  }),
  indicator({
    id: 'published/documents',
    title: { vi: 'Văn bản gửi, nhận qua Trục liên thông', en: 'Documents over the interchange' },
    kind: 'flow',
    unit: documents,
    window: 'latest',
  }),
  indicator({
    id: 'published/connected',
    title: { vi: 'Đơn vị kết nối Trục liên thông văn bản', en: 'Units connected to the interchange' },
    kind: 'ratio',
    ratio: { of: 'published/units-connected', to: 'published/units' },
    unit: 'percent',
    decimals: 1,
    window: 'latest',
    targets: [{ value: 100, basis: 'Quyết định ví dụ 28/QĐ-TTg' }],
    plans: [
      {
        what: { vi: 'hoàn thành kết nối', en: 'all connected' },
        planned: '03/2020',
        actual: '13/03/2020',
        basis: 'Nghị quyết ví dụ 17/NQ-CP',
      },
    ],
  }),
  indicator({
    id: 'published/units-connected',
    title: { vi: 'Đơn vị đã kết nối', en: 'Units connected' },
    kind: 'level',
    unit: { vi: 'đơn vị', en: 'units' },
  }),
  indicator({
    id: 'published/units',
    title: { vi: 'Đơn vị', en: 'Units' },
    kind: 'level',
    unit: { vi: 'đơn vị', en: 'units' },
  }),
]

const panel = (view: 'number' | 'line' | 'ranking', width: number, indicator: string, by: string[] = []) => ({
  view,
  width,
  slice: { indicator, by, where: {} },
})

export const WALL: Board = {
  id: 'country',
  title: { vi: 'Toàn quốc hôm nay', en: 'The country today' },
  layout: 'wall',
  rows: [
    {
      height: 2,
      panels: [
        panel('number', 3, 'documents/sent'),
        panel('number', 3, 'documents/received'),
        panel('number', 3, 'filings/on-time'),
        panel('number', 3, 'filings/settled'),
      ],
    },
    {
      height: 5,
      panels: [
        {
          ...panel('ranking', 7, 'filings/on-time', ['unit']),
          title: { vi: 'Giải quyết đúng hạn theo tỉnh, thành phố', en: 'Settled on time by province' },
        },
        {
          ...panel('line', 5, 'documents/sent'),
          title: { vi: 'Văn bản gửi 24 giờ qua', en: 'Documents sent, last 24 hours' },
        },
      ],
    },
  ],
}

const statement = (indicator: string) => ({ indicator, by: [], where: {} })
export const PUBLISHED: Board = {
  id: 'published-2020',
  title: { vi: 'Năm 2020 theo công bố', en: '2020 as published' },
  layout: 'page',
  note: { vi: 'Số ví dụ, theo văn bản ví dụ.', en: 'Example figures from example documents.' },
  rows: [
    {
      height: 1,
      title: { vi: 'Liên thông văn bản', en: 'Document interchange' },
      panels: [
        {
          view: 'statements',
          width: 12,
          slices: [statement('published/connected'), statement('published/documents'), statement('published/on-time')],
        },
      ],
    },
  ],
}

export const COUNTRY: Known = known({
  indicators: INDICATORS,
  dimensions: [
    {
      id: 'unit',
      title: { vi: 'Đơn vị', en: 'Unit' },
      members: [
        ...UNITS.map(([id, name]) => member(id, name)),
        member('group-95', 'Các bộ, ngành, địa phương và Văn phòng Trung ương Đảng', { size: 95 }),
        member('long', 'Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính liên tỉnh'),
      ],
    },
  ],
  sources: [
    { id: 'exchange', title: { vi: 'Trục liên thông (mô phỏng)', en: 'Interchange (simulated)' }, simulated: true },
    { id: 'portal', title: { vi: 'Cổng dịch vụ công', en: 'Service portal' }, simulated: false },
    {
      id: 'report-1',
      title: { vi: 'Báo cáo ví dụ', en: 'Example report' },
      simulated: false,
      document: {
        file: 'vi-du-1.txt',
        publisher: { vi: 'Văn phòng ví dụ', en: 'Example office' },
        published: '2020-02-07',
      },
    },
    {
      id: 'report-2',
      title: { vi: 'Bài báo ví dụ', en: 'Example article' },
      simulated: false,
      document: { file: 'vi-du-2.txt', publisher: { vi: 'Báo ví dụ', en: 'Example paper' } },
    },
  ],
  boards: [WALL, PUBLISHED],
})
