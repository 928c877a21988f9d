/** What the doctor says about the queues on disk before the store: of observations, and of what walls showed. */
import type { Text } from '../../kpi/text.ts'
import type { Finding } from './finding.ts'

/** `torn` and `refused` are paths of files; `queue` is that of those who ask (collect), or of those who are pushed to (intake). */
export function queueFindings(
  queue: 'collect' | 'intake',
  { torn, refused }: { readonly torn: readonly string[]; readonly refused: readonly string[] },
): readonly Finding[] {
  const [tornRemedy, refusedRemedy] = REMEDY[queue]
  const finding = (weight: Finding['weight'], path: string, what: Text, remedy: Text): Finding => ({
    ...{ check: 'outbox', weight, remedy },
    what: { vi: `${path}: ${what.vi}`, en: `${path}: ${what.en}` },
  })
  return [
    ...torn.map((path) => finding('wrong', path, TORN, tornRemedy)),
    ...refused.map((path) => finding('note', path, REFUSED, refusedRemedy)),
  ]
}

/** What walls showed and could not be handed to the store: paths of files that were put aside. */
export const shownFindings = (refused: readonly string[]): readonly Finding[] =>
  refused.map((path) => ({
    ...{ check: 'outbox', weight: 'note', remedy: SHOWN_REMEDY },
    what: {
      vi: `${path}: điều màn hình đã hiện mà kho không nhận, hoặc tệp hỏng`,
      en: `${path}: what walls showed and the store did not take, or a damaged file`,
    },
  }))

const SHOWN_REMEDY: Text = {
  vi: 'những gì đã hiện lúc đó không xem lại được; nhật ký của lúc đó nói vì sao; xem xong có thể xóa tệp này',
  en: 'what was shown then cannot be shown again; the log of that time says why; the file may be deleted once looked at',
}
const TORN: Text = { vi: 'không đọc được, mã băm không khớp', en: 'cannot be read, its hash does not match' }
const REFUSED: Text = { vi: 'tệp hỏng đã được để riêng', en: 'a damaged file that was put aside' }
const REMEDY: Readonly<Record<'collect' | 'intake', readonly [torn: Text, refused: Text]>> = {
  collect: [
    {
      vi: 'khởi động lại: bộ thu thập chuyển nó vào refused/ và hỏi lại nguồn',
      en: 'restart: the collectors put it into refused/ and ask the source again',
    },
    {
      vi: 'nguồn đã được hỏi lại; xem xong có thể xóa tệp này',
      en: 'the source was asked again; the file may be deleted once looked at',
    },
  ],
  intake: [
    {
      vi: 'nhờ hệ thống gửi gửi lại các dòng của lúc đó với Idempotency-Key mới; khi khởi động lại, tệp được chuyển vào refused/',
      en: 'have the sending system push the rows of that time again under a new Idempotency-Key; at a restart the file goes to refused/',
    },
    {
      vi: 'nhờ hệ thống gửi gửi lại các dòng của lúc đó với Idempotency-Key mới; xong có thể xóa tệp này',
      en: 'have the sending system push the rows of that time again under a new Idempotency-Key; then the file may be deleted',
    },
  ],
}
