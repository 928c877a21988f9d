/** Why a care of the store cannot be done, with the remedy, in words for the operator. */
import type { Text } from '../../kpi/text.ts'

export class Unable extends Error {
  readonly text: Text
  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options)
    this.text = text
  }
}

export const NO_TABLES: Text = {
  vi: 'Kho này chưa có bảng nào của hệ thống. Hãy kiểm tra DATA hoặc CLICKHOUSE.',
  en: "This store has none of the system's tables yet. Check DATA or CLICKHOUSE.",
}

export const OLDER_TABLES: Text = {
  vi: 'Các bảng của kho này còn ở dạng của phiên bản trước. Hãy khởi động hệ thống một lần (npm start) để nâng cấp, rồi chạy lại.',
  en: 'The tables of this store still have the shape of an earlier version. Start the system once (npm start), which brings them up to date, then run this again.',
}
