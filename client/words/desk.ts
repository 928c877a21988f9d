/** The sentences of the analyst's desk in one language. */
import type { Language } from '../../kpi/text.ts'
import { desk as en } from './en-desk.ts'
import { desk as vi } from './vi-desk.ts'

const LANGUAGES = { vi, en } as const

/** All sentences of the desk in `language`. */
export const deskWords = (language: Language) => LANGUAGES[language]
export type DeskWords = ReturnType<typeof deskWords>
