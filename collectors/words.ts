/** Sentences for the log: Vietnamese first, then English. */
import type { Text } from '../kpi/text.ts'

export const say = (text: Text): string => `${text.vi} | ${text.en}`
