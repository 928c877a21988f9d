/** The names of families of indicators: the first part of their ids, said in words. */
import type { Language } from '../../kpi/text.ts'
import { words } from '../words/index.ts'

/** "Trục liên thông văn bản"; a family without a name of its own is called by its id. */
export function sayFamily(family: string, language: Language): string {
  const say = words(language)
  const names: Readonly<Record<string, string>> = {
    interchange: say.familyInterchange,
    portal: say.familyPortal,
    filings: say.familyFilings,
    'on-time': say.familyOnTime,
    feedback: say.familyFeedback,
    centres: say.familyCentres,
    digitisation: say.familyDigitisation,
    procedures: say.familyProcedures,
    regulations: say.familyRegulations,
    reporting: say.familyReporting,
    signatures: say.familySignatures,
    surveys: say.familySurveys,
    tasks: say.familyTasks,
    'work-files': say.familyWorkFiles,
    'index-766': say.familyIndex766,
    'index-766-ministries': say.familyIndexMinistries,
    system: say.familySystem,
    'published-2020': say.familyPublished,
  }
  return names[family] ?? family
}
