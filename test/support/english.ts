/** What a log was told, in English. */
import type { Text } from '../../kpi/text.ts'

export const english = (said: Text | string): string => (typeof said === 'string' ? said : said.en)
