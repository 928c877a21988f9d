/** A wrong configuration, in sentences that say what to do about it. */
import type { Problem } from '../kpi/problem.ts'
import { problemLine } from './catalogue/report.ts'
import type { Settings } from './settings.ts'

/** A wrong configuration: sentences for the operator; restarting would not help. */
export class Misconfigured extends Error {
  readonly sentences: readonly string[]
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.sentences = sentences
  }
}

/** Where the store is. Throws Misconfigured where nobody says so. */
export function storeUrl(settings: Settings): string {
  if (settings.clickhouse !== undefined) return settings.clickhouse
  throw new Misconfigured([
    settings.language === 'vi'
      ? 'Thiếu CLICKHOUSE: địa chỉ kho dữ liệu. Hãy chạy “npm start” để có kho nhúng, hoặc đặt CLICKHOUSE=https://người-dùng:khóa@máy:8443/cơ-sở-dữ-liệu.'
      : 'CLICKHOUSE is missing: the address of the store. Run “npm start” for the embedded one, or set CLICKHOUSE=https://user:key@host:8443/database.',
  ])
}

/** Problems of declarations, one a line. */
export function sentencesOf(problems: readonly Problem[], settings: Settings): readonly string[] {
  return problems.map((problem) => problemLine(problem, settings.language))
}

/** Why nobody can be listened to there, and what to do. */
export function cannotListen(settings: Settings, error: NodeJS.ErrnoException): string {
  const where = `${settings.host}:${settings.port}`
  if (error.code === 'EADDRINUSE') {
    return settings.language === 'vi'
      ? `Cổng ${settings.port} đang bận; hãy tắt chương trình đang dùng nó hoặc đặt PORT sang số khác.`
      : `Port ${settings.port} is busy; stop the program that uses it or set PORT to another number.`
  }
  return settings.language === 'vi'
    ? `Không lắng nghe được ở ${where} (${error.code}); hãy kiểm tra HOST và PORT.`
    : `Cannot listen on ${where} (${error.code}); check HOST and PORT.`
}
