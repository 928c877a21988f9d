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
