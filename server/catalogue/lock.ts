/** `versions.lock`: what every indicator meant in every version an operator has locked, one readable line each; lines are only added. */
import { createHash } from 'node:crypto'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { ScoreFile } from '../../kpi/score-file.ts'
import type { Definition } from '../../kpi/version.ts'

export const LOCK = 'versions.lock'

export interface Locked {
  readonly id: string
  readonly version: number
  /** The first day it holds; null for a first version that always held. */
  readonly since: string | null
  readonly definition: Definition
}

const HEADING = `# What every indicator means, by version. Written by "npm run verify -- --lock"; commit it, and change no line by hand.
# Mã chỉ tiêu, phiên bản và định nghĩa. Lệnh trên ghi tệp này; hãy lưu vào kho mã và không sửa tay.
`

/** What a score is counted by: maxima, references and rules, without titles, notes and grades. */
function rules({ maximum, rounding, columns }: ScoreFile): string {
  const plain = columns.map(({ id, maximum, rounded, parts }) => [
    ...[id, maximum, rounded ?? ''],
    parts.map((part) => [part.id, part.maximum, part.ratio ?? '', part.reported ?? '', part.rule, part.empty]),
  ])
  return createHash('sha256')
    .update(JSON.stringify([maximum, rounding, plain]))
    .digest('hex')
    .slice(0, 16)
}

/** The definition of an indicator as it stands. */
export function definitionOf({ kind, ratio, score, unit, better, dimensions }: Indicator): Definition {
  return {
    formula: ratio ? `${ratio.of} / ${ratio.to}` : score ? `score ${rules(score)}` : kind,
    unit: typeof unit === 'string' ? unit : `${unit.vi} | ${unit.en}`,
    better,
    dimensions: [...dimensions].sort().join(' '),
  }
}

const lineOf = ({ id, version, since, definition: { formula, unit, better, dimensions } }: Locked) =>
  [id, version, since ?? '-', formula, unit, better, dimensions].join('\t')

/** Lines of a lock file; a line that cannot be read is a problem at its place. */
export function readLock(
  file: string,
  text: string,
): { readonly locked: readonly Locked[]; readonly problems: readonly Problem[] } {
  const locked: Locked[] = []
  const problems: Problem[] = []
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [id = '', version = '', since = '', formula = '', unit = '', better = '', dimensions, ...more] =
      line.split('\t')
    const sound = /^[1-9]\d*$/.test(version) && /^(?:-|\d{4}-\d{2}-\d{2})$/.test(since)
    if (!sound || dimensions === undefined || more.length > 0)
      problems.push({ place: `${file}:${i + 1}:1`, field: '', message: BROKEN })
    else {
      const definition = { formula, unit, better, dimensions }
      locked.push({ id, version: Number(version), since: since === '-' ? null : since, definition })
    }
  }
  return { locked, problems }
}

const BROKEN = {
  vi: 'dòng này không đọc được; lấy lại tệp từ kho mã, đừng sửa tay',
  en: 'this line cannot be read; take the file back from version control, do not change it by hand',
}

/** The lock with every indicator that is not in it yet: by id, then version. */
export function writeLock(locked: readonly Locked[], indicators: Iterable<Indicator>): string {
  const known = new Set(locked.map(({ id, version }) => `${id} ${version}`))
  const fresh = [...indicators].filter(({ id, version }) => !known.has(`${id} ${version}`))
  const all = [
    ...locked,
    ...fresh.map((one): Locked => {
      return { id: one.id, version: one.version, since: one.since ?? null, definition: definitionOf(one) }
    }),
  ]
  const order = (a: Locked, b: Locked) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.version - b.version)
  return (
    HEADING +
    all
      .sort(order)
      .map((one) => `${lineOf(one)}\n`)
      .join('')
  )
}
