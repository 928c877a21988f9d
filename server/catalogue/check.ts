/** One file against its schema: every deviation becomes a problem with its place and a sentence. */
import type { z } from 'zod'
import type { Problem } from '../../kpi/problem.ts'
import type { Text } from '../../kpi/text.ts'
import { bilingual, didYouMean, given, KIND_OR_RATIO, nearest, wanted } from './sentences.ts'
import { type Folder, SCHEMAS, type Shape, shape, shapesAt } from './shape.ts'
import type { Path, Yaml } from './yaml.ts'

type Issue = z.core.$ZodIssue

/** A declaration as it was found: its id, the name its problems carry, its text, and its value once it is sound. */
export interface Declared<T> {
  readonly id: string
  readonly file: string
  readonly yaml: Yaml
  readonly value: T
}

/** `targets[0].value`, as people write it. */
export function fieldName(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}

type Place = { readonly file: string; readonly yaml: Yaml }

/** A problem at the value of a field. */
export function problemAt({ file, yaml }: Place, path: Path, message: Text): Problem {
  const { line, column } = yaml.at(path)
  return { place: `${file}:${line}:${column}`, field: yaml.field?.(path) ?? fieldName(path), message }
}

/** A problem at the name of a field. */
export function problemAtName({ file, yaml }: Place, path: Path, message: Text): Problem {
  const { line, column } = yaml.atName(path)
  return { place: `${file}:${line}:${column}`, field: yaml.field?.(path) ?? fieldName(path), message }
}

function lookup(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | null)?.[step], value)
}

/** Of a union that fitted nowhere, the issues of the alternative the author most likely meant; null when none is near. */
function likeliest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const inside = alternatives.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  )
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)
  return inside.sort((a, b) => weight(a) - weight(b))[0] ?? null
}

/** How to write what was plainly meant: a number in quotes or with a comma, one item where a list belongs; null where nobody can tell. */
function asMeant(found: unknown, typed: string | null, shapes: readonly Shape[]): string | null {
  const takes = (...types: readonly string[]) => shapes.some(({ type }) => types.includes(type ?? ''))
  if (typeof found === 'string' && takes('number', 'integer') && /^-?\d+(?:[.,]\d+)?$/.test(found))
    return found.replace(',', '.')
  const one = ['string', 'number'].includes(typeof found) && found !== ''
  if (one && takes('array') && shapes.every(({ type, items }) => type === 'array' && items?.type === 'string'))
    return `[${typed ?? String(found)}]`
  return null
}

function mismatch(place: Place, path: Path, root: Shape, value: unknown): Problem {
  const found = lookup(value, path)
  const shapes = shapesAt(root, path, value)
  const want = wanted(shapes)
  if (found === undefined)
    return problemAt(place, path, { vi: `thiếu trường này, cần ${want.vi}`, en: `is missing, give ${want.en}` })
  const typed = place.yaml.typed(path)
  const have = given(found, typed)
  const words = shapes.flatMap((s) => [...(s.enum ?? []), ...(s.const === undefined ? [] : [s.const])]).map(String)
  const hint = typeof found === 'string' ? didYouMean(found, words) : { vi: '', en: '' }
  const textual = typeof found !== 'string' && shapes.some((s) => s.type === 'string') && typeof found !== 'object'
  const quotes = textual
    ? { vi: `; nếu là chữ, đặt trong dấu nháy: "${typed}"`, en: `; if it is text, put it in quotes: "${typed}"` }
    : { vi: '', en: '' }
  const write = asMeant(found, typed, shapes)
  return problemAt(place, path, {
    vi: `đang là ${have.vi}, cần ${want.vi}${hint.vi}${quotes.vi}${write ? `; viết ${write}` : ''}`,
    en: `is ${have.en}, must be ${want.en}${hint.en}${quotes.en}${write ? `; write ${write}` : ''}`,
  })
}

function unknownField(place: Place, path: Path, key: string, root: Shape, value: unknown): Problem {
  const fields = [...new Set(shapesAt(root, path, value).flatMap((s) => Object.keys(s.properties ?? {})))]
  if (fields.includes(key))
    return problemAtName(place, [...path, key], {
      vi: 'không đi cùng các trường khác ở đây, chỉ giữ một cách khai',
      en: 'does not go with the other fields here, keep one way to say it',
    })
  const near = nearest(key, fields)
  const list = fields.join(', ')
  return problemAtName(place, [...path, key], {
    vi: near ? `không có trường này; có phải ý là ${near}?` : `không có trường này; có thể dùng: ${list}`,
    en: near ? `is not a field here; did you mean ${near}?` : `is not a field here; there are: ${list}`,
  })
}

function explain(place: Place, issue: Issue, before: Path, root: Shape, value: unknown): readonly Problem[] {
  const path: Path = [...before, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(place, path, key, root, value))
  if (issue.code === 'invalid_union') {
    const meant = likeliest(issue.errors)
    if (meant) return meant.flatMap((inner) => explain(place, inner, path, root, value))
  }
  if (issue.code === 'invalid_key') {
    const want = bilingual(issue.issues[0]?.message ?? issue.message)
    return [
      problemAtName(place, path, { vi: `tên không đúng, cần ${want.vi}`, en: `is no valid name, must be ${want.en}` }),
    ]
  }
  if (issue.code === 'custom' && shapesAt(root, path, value).every((s) => !s.description))
    return [problemAtName(place, path, bilingual(issue.message))]
  return [mismatch(place, path, root, value)]
}

/** The schema asks for kind or ratio only once all else is right; we say it in the same breath as the rest. */
function unsettledKind(folder: Folder, place: Place, value: unknown, issues: readonly Issue[]): readonly Problem[] {
  if (folder !== 'indicators' || typeof value !== 'object' || value === null || Array.isArray(value)) return []
  if (issues.some((issue) => issue.path[0] === 'kind') || 'kind' in value !== 'ratio' in value) return []
  return [problemAtName(place, ['kind'], bilingual(KIND_OR_RATIO))]
}

/** Checks a parsed file against the schema of its folder. The value is null when there are problems. */
export function check<F extends Folder>(
  folder: F,
  place: Place,
  value: unknown,
): { readonly value: z.infer<(typeof SCHEMAS)[F]> | null; readonly problems: readonly Problem[] } {
  const result = SCHEMAS[folder].safeParse(value)
  if (result.success) return { value: result.data as z.infer<(typeof SCHEMAS)[F]>, problems: [] }
  const explained = result.error.issues.flatMap((issue) => explain(place, issue, [], shape(folder), value))
  return { value: null, problems: [...explained, ...unsettledKind(folder, place, value, result.error.issues)] }
}
