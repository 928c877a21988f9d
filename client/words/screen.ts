/** The sentences of a screen that waits to be let in. */
import type { Text } from '../../kpi/text.ts'

export const screenWords = {
  connecting: { vi: 'Đang kết nối tới máy chủ…', en: 'Connecting to the server…' },
  unreachable: {
    vi: 'Chưa kết nối được máy chủ; màn hình tự thử lại.',
    en: 'The server cannot be reached yet; the screen tries again by itself.',
  },
  nothingOn: {
    vi: 'Lịch của nhóm này không có cảnh nào vào lúc này.',
    en: 'The calendar of this group has no scene for this hour.',
  },
  notPaired: { vi: 'Mã ghép của màn hình này', en: 'The code of this screen' },
  how: {
    vi: 'Người điều hành mở trang dưới đây trên máy tính hoặc điện thoại và nhập mã. Mã tự đổi sau mười phút.',
    en: 'An operator opens the page below on a computer or phone and enters the code. It changes every ten minutes.',
  },
} as const satisfies Readonly<Record<string, Text>>
