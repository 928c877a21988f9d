/** Personal data ends at the border: citizen numbers, telephone numbers and e-mail addresses are masked wherever text of a row is kept. */

/** What stands where something was masked. */
export const MASKED = '▮▮▮'

/**
 * How personal data are recognised: the citizen identity number (số định danh cá nhân, 12 digits that begin with 0: three for
 * the province 001–096, one for century and sex, two for the year of birth; Nghị định 137/2015/NĐ-CP, article 13), Vietnamese
 * telephone numbers (0 or +84, then nine digits that begin with 3, 5, 7, 8 or 9, or ten that begin with 2) and e-mail addresses. What begins with
 * another digit is a count or an amount and stays.
 */
const PERSONAL =
  /(?<![\d.,])0\d{11}(?![\d])|(?<![\d.,])0\d{2}[ .]\d{3}[ .]\d{3}[ .]\d{3}(?!\d)|(?<![\d.,+])(?:\+84|0084|0)[ .-]?(?:[35789](?:[ .-]?\d){8}|2(?:[ .-]?\d){9})(?!\d)|[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu
/** Cheap: what holds none of these cannot match; it lets some through that PERSONAL then leaves alone. */
const HINT = /@|0\d{11}|0\d\d[ .]\d{3}[ .]\d{3}|(?:0|84)[ .-]?[235789](?:[ .-]?\d){8}/

/** The text with personal data masked. */
export const masked = (text: string): string => (HINT.test(text) ? text.replace(PERSONAL, MASKED) : text)

/** Whether a text holds personal data. */
export const isPersonal = (text: string): boolean => masked(text) !== text

/** A row as it may be kept: declared personal fields left out at any depth, and personal data in all others masked. */
export function withoutPersonal(row: unknown, fields: readonly string[]): unknown {
  if (typeof row === 'string') return masked(row)
  if (Array.isArray(row)) return row.map((one) => withoutPersonal(one, fields))
  if (typeof row !== 'object' || row === null) return row
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      fields.includes(name) ? [] : [[masked(name), withoutPersonal(value, fields)]],
    ),
  )
}
