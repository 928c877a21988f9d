/** Why a person's word on a held value was not taken, as a sentence. */
import { Refusal } from './refusal.ts'
import type { Decided } from './store/decide.ts'

export function notDecided(why: Extract<Decided, { not: unknown }>['not']): Refusal {
  const { status, ...said } = {
    unknown: {
      status: 404,
      vi: 'Không có giá trị đang giữ lại nào như vậy; xem danh sách ở /api/held.',
      en: 'There is no such held value; see /api/held for the list.',
    },
    decided: {
      status: 409,
      vi: 'Giá trị này không còn chờ nữa: đã có người quyết định, hoặc nguồn đã nêu giá trị mới.',
      en: 'This value waits no more: somebody has decided, or the source has said something new.',
    },
    nobody: {
      status: 409,
      vi: 'Không thể chấp nhận: không biết giá trị này của đơn vị nào. Hãy khai báo mã hoặc tên trong dimensions rồi để nguồn nêu lại, hoặc từ chối.',
      en: 'It cannot be released: nobody knows whose value this is. Declare the code or name under dimensions and let the source say it again, or refuse it.',
    },
    sealed: {
      status: 409,
      vi: 'Không thể chấp nhận: quan sát gốc của ngày này đã hết hạn lưu nên số gộp không tính lại được nữa. Hãy từ chối; giá trị vẫn được lưu.',
      en: 'It cannot be released: the observations of its day are past their retention, so the folds cannot be computed again. Refuse it; the value stays on record.',
    },
  }[why]
  return new Refusal(status, said, 'id')
}
