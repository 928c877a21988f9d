/** What stands once above a table and goes along with every row of it: its day, say, in a title. */
import { Unreadable } from '../kind.ts'
import { placeOf } from './place.ts'
import type { Cells } from './table.ts'

/** What stands in the cells that are carried, as rows are passed; `all` throws an `Unreadable` where one of them is empty. */
export function carrier(carry: Readonly<Record<string, string>> = {}) {
  const cells = Object.entries(carry).flatMap(([name, cell]) => {
    const place = placeOf(cell)
    return place ? [{ name, cell, ...place }] : []
  })
  const found: Record<string, unknown> = {}
  return {
    pass(row: Cells): void {
      for (const { name, row: at, column } of cells) if (at === row.at) found[name] = row.cells[column]
    },
    all(): Readonly<Record<string, unknown>> {
      const missing = cells.find(({ name }) => String(found[name] ?? '').trim() === '')
      if (missing)
        throw new Unreadable({
          vi: `ô ${missing.cell} (carry: ${missing.name}) trống, hoặc nằm dưới dòng đầu tiên của bảng`,
          en: `the cell ${missing.cell} (carry: ${missing.name}) is empty, or below the first row of the table`,
        })
      return found
    },
  }
}
