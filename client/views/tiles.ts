/** The second form of the map: each unit one equal tile, placed by geography, because area is not importance. */
import { html, nothing } from 'lit'
import type { Reading } from '../../kpi/reading.ts'
import { memberName } from '../known.ts'
import { ARCHIPELAGOS, TILES } from '../places.ts'
import { words } from '../words/index.ts'
import { custom } from './custom.ts'
import type { Grades } from './grades.ts'
import { sayTick, sayValue } from './say.ts'
import { linkOf, type Part, type Shown } from './shown.ts'
import { sign } from './sign.ts'

/** Where the archipelagos stand on the grid: east of the unit each belongs to. */
const ISLES: Readonly<Record<string, readonly [number, number]>> = { '48': [5, 6], '56': [5, 10] }

/** How wide a figure's letter is, em. */
const LETTER = 0.62

export function tiles(
  shown: Shown,
  part: Part,
  placed: ReadonlyMap<string, Reading>,
  colours: Grades,
  legend: unknown,
  /** How wide all tiles are together, rem. */
  across: number,
) {
  const { language, catalogue } = shown
  const columns = Math.max(...[...TILES.values()].map(([column]) => column)) + 1
  const rows = Math.max(...[...TILES.values()].map(([, row]) => row)) + 1
  const letters = Math.floor((across / columns - 0.95) / (LETTER * 0.9))
  const name = (reading: Reading) => memberName(catalogue, reading.key.unit ?? '', language)
  const tile = ([code, reading]: readonly [string, Reading]) => {
    const at = TILES.get(code)
    if (!at) return nothing
    const { text } = sayValue(reading, part.indicator, catalogue, language)
    const flagged = reading.status === 'warning' || reading.status === 'critical'
    // Where a figure has no room it is told briefly, and whole in its title and in the table.
    const brief = text.length > letters - (flagged ? 2 : 0) && reading.value !== null
    const figure = brief ? sayTick(Number(reading.value), part.indicator.decimals, language) : text
    return html`<a
      class="tile ${colours.of(reading)}"
      ${custom({ '--column': at[0] + 1, '--row': at[1] + 1 })}
      href=${linkOf(shown, reading) ?? nothing}
      data-member=${reading.key.unit ?? ''}
      data-status=${reading.status}
      title=${brief ? text : nothing}
      ><span class="who">${name(reading)}</span>
      ${
        reading.value === null
          ? html`<span class="heard">${text}</span>${sign(reading.status)}`
          : html`<b class="figure">${flagged ? html`<span class=${reading.status}>${sign(reading.status)}</span> ` : nothing}${figure}</b>`
      }<span class="heard"> ${words(language)[reading.status]}</span></a
    >`
  }
  return html`<div class="tiles" ${custom({ '--columns': columns, '--rows': rows })}>
    ${legend} ${[...placed].map(tile)}
    ${ARCHIPELAGOS.map((isles) => {
      const [column, row] = ISLES[isles.code] ?? [0, 0]
      const reading = placed.get(isles.code)
      return html`<span class="tile isles" data-inset=${isles.code} ${custom({ '--column': column + 1, '--row': row + 1 })}
        ><span>${isles.name[language]}</span> <span>(${reading ? name(reading) : ''})</span></span
      >`
    })}
  </div>`
}
