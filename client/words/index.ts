/** The sentences of one language. */
import type { Language } from '../../kpi/text.ts'
import { en } from './en.ts'
import { vi, type Words } from './vi.ts'

export type { Words } from './vi.ts'

const LANGUAGES = { vi, en } as const satisfies Record<Language, Words>

/** All sentences in `language`. */
export function words(language: Language): Words {
  return LANGUAGES[language]
}
