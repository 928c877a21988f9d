/** What the doctor says about the queue on disk before the store. */
import type { Text } from '../../kpi/text.ts'
import type { Finding } from './finding.ts'

/** `torn` and `refused` are paths of files. */
export function queueFindings(torn: readonly string[], refused: readonly string[]): readonly Finding[] {
  const finding = (weight: Finding['weight'], path: string, what: Text, remedy: Text): Finding => ({
    ...{ check: 'outbox', weight, remedy },
    what: { vi: `${path}: ${what.vi}`, en: `${path}: ${what.en}` },
  })
  return [
    ...torn.map((path) => finding('wrong', path, TORN, TORN_REMEDY)),
    ...refused.map((path) => finding('note', path, REFUSED, REFUSED_REMEDY)),
  ]
}

const TORN: Text = { vi: 'không đọc được, mã băm không khớp', en: 'cannot be read, its hash does not match' }
const TORN_REMEDY: Text = {
  vi: 'khởi động lại: bộ thu thập chuyển nó vào refused/ và hỏi lại nguồn',
  en: 'restart: the collectors put it into refused/ and ask the source again',
}
const REFUSED: Text = { vi: 'tệp hỏng đã được để riêng', en: 'a damaged file that was put aside' }
const REFUSED_REMEDY: Text = {
  vi: 'nguồn đã được hỏi lại; xem xong có thể xóa tệp này',
  en: 'the source was asked again; the file may be deleted once looked at',
}
