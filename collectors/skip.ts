/** What states nothing, as declared: rows of totals and notes, and texts in place of a figure. */
import type { Source } from '../kpi/source.ts'
import { fieldsOfValue, type ObservationMapping } from '../kpi/source-mapping.ts'
import { fieldOf } from './map.ts'

/** A text as it is compared: case, spaces and the way letters are put together aside. */
const plain = (raw: unknown) =>
  String(raw ?? '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLocaleLowerCase('vi')

/** Whether a row is one of those that state nothing. A field that is not there is none that is empty. */
export function skipRule(skip: Source['skip']): (row: unknown) => boolean {
  const rules = skip.map(({ field, is }) => ({
    field,
    pattern: new RegExp(
      `^(?:${is
        .map((text) =>
          plain(text)
            .split('*')
            .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
            .join('.*'),
        )
        .join('|')})$`,
      'su',
    ),
  }))
  return (row) =>
    rules.some(({ field, pattern }) => {
      const raw = fieldOf(row, field)
      return raw !== undefined && pattern.test(plain(raw))
    })
}

/** Whether a row says in words that there is no figure. */
export const saysNone = (row: unknown, { value, none }: ObservationMapping): boolean =>
  fieldsOfValue(value).some((field) => {
    const raw = fieldOf(row, field)
    return raw !== undefined && none.some((text) => plain(text) === plain(raw))
  })
