/** Forms an answer can be taken away in. */

/** `csv`: comma, point, no mark; `csv-excel`: as a spreadsheet in the reader's language opens it; `parquet` for programs. */
export const FORMATS = ['json', 'csv', 'csv-excel', 'xlsx', 'parquet'] as const
export type Format = (typeof FORMATS)[number]

/** `unit:ha-noi,channel:online` */
export const pairText = (pairs: Readonly<Record<string, string>>): string =>
  Object.entries(pairs)
    .map(([name, member]) => `${name}:${member}`)
    .join(',')
