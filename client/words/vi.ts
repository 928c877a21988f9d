/** Every sentence of the screens in Vietnamese, the first language; its keys are the list English must complete. */

export const vi = {
  // status
  good: 'đạt',
  warning: 'chú ý',
  critical: 'nghiêm trọng',
  'not-judged': 'không đánh giá',
  'nothing-occurred': 'không phát sinh',
  'no-data': 'chưa có số liệu',
  // freshness
  late: 'trễ',
  stale: 'đã cũ',
  staleSilent: (since: string, source: string) => `số cũ từ ${since}: ${source} không trả lời`,
  staleNothingNew: (since: string) => `số cũ từ ${since}: nguồn chưa gửi kỳ mới`,
  // marks
  held: 'đang kiểm tra',
  corrected: 'đã đính chính',
  partial: 'chưa đủ kỳ',
  simulated: 'mô phỏng',
  reported: 'số báo cáo',
  'planned-silence': 'nghỉ theo lịch',
  heldNote: 'số mới đang kiểm tra; đây là số đã nhận gần nhất',
  unverified: 'danh sách chưa kiểm chứng',
  // qualifier
  exact: '',
  about: 'khoảng',
  below: 'dưới',
  above: 'trên',
  // numbers and parts
  percent: '%',
  target: 'mục tiêu',
  plan: 'kế hoạch',
  actual: 'thực tế',
  asOf: (when: string) => `tính đến ${when}`,
  during: (from: string, to: string) => `từ ${from} đến ${to}`,
  million: 'tr',
  billion: 'tỷ',
  groupSize: (size: string) => `${size} đơn vị`,
  // coverage
  units: (reported: string, expected: string) => `${reported}/${expected} đơn vị`,
  unitsOnly: (reported: string) => `${reported} đơn vị`,
  missing: (names: string) => `thiếu: ${names}`,
  standing: (count: string) => `${count} đơn vị giữ số cũ`,
  lateUnits: (names: string) => `trễ: ${names}`,
  andMore: (names: string, more: number) => `${names} và ${more} đơn vị khác`,
  spans: (present: string, expected: string) => `${present}/${expected} kỳ`,
  noSourceTime: 'chưa có giờ nguồn',
  // ranking
  rank: 'hạng',
  unit: 'đơn vị',
  value: 'giá trị',
  parts: 'tử số / mẫu số',
  between: (count: number) => `${count} đơn vị ở giữa`,
  emptyRanking: 'chưa có đơn vị nào để xếp hạng',
  // line
  from: 'từ',
  to: 'đến',
  inProgress: 'chưa trọn kỳ',
  perMinute: 'mỗi phút',
  perHour: 'mỗi giờ',
  perDay: 'mỗi ngày',
  emptyLine: 'chưa có số liệu trong khoảng này',
  coarser: (count: number) => `${count} số liệu chỉ có ở kỳ dài hơn, không vẽ được ở mức này`,
  lineLabel: (title: string, from: string, to: string, last: string) =>
    `Đường diễn biến ${title} từ ${from} đến ${to}; mới nhất ${last}`,
  rankingLabel: (title: string, count: number) => `Xếp hạng ${count} đơn vị theo ${title}`,
  // statements
  sources: (count: number) => (count === 1 ? 'nguồn' : `${count} nguồn`),
  publishedBy: (publisher: string) => `công bố: ${publisher}`,
  file: 'tệp',
  onlyTarget: 'mới chỉ nêu mục tiêu',
  onlyPlan: 'mới chỉ nêu kế hoạch',
  quote: 'trích dẫn',
  emptyStatements: 'chưa có số liệu công bố nào',
  // header
  simulatedData: 'DỮ LIỆU MÔ PHỎNG',
  sourcesUp: 'nguồn',
  worstAge: 'trễ nhất',
  backfill: (done: string, wanted: string) => `đang nạp lịch sử ${done}/${wanted}`,
  version: 'phiên bản dữ liệu',
  serverTime: 'giờ máy chủ',
  lost: (since: string) => `mất kết nối từ ${since}`,
  connecting: 'đang kết nối máy chủ',
  storeAway: (since: string) => `kho dữ liệu không trả lời từ ${since}; số giữ nguyên`,
  problems: (count: number) => `${count} lỗi khai báo`,
  sourceDown: (names: string, more: number) => `không trả lời: ${names}${more > 0 ? ` và ${more} nguồn khác` : ''}`,
  boards: 'các bảng',
  otherLanguage: 'English',
  otherTheme: 'sáng / tối',
  product: 'Toàn Cảnh',
  // errors
  loading: 'đang tải',
  error: 'không hiển thị được',
  unreachable: 'máy chủ không trả lời; đang thử lại',
  refused: (status: number) => `máy chủ từ chối câu hỏi (mã ${status})`,
  unreadable: 'câu trả lời của máy chủ không đọc được',
  unknownBoard: (id: string) => `không có bảng “${id}”`,
  unknownIndicator: (id: string) => `chỉ tiêu “${id}” chưa được khai báo`,
  noSlice: 'ô này chưa khai báo chỉ tiêu',
  example: 'ví dụ, không phải số liệu',
} as const

/** The same keys with the same parameters, in any language. */
export type Words = {
  readonly [K in keyof typeof vi]: (typeof vi)[K] extends (...given: infer G) => string
    ? (...given: G) => string
    : string
}
