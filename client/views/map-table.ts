/** The map as a table, for those who listen: every unit with its value, status and parts. */
import { html } from 'lit'
import type { Reading } from '../../kpi/reading.ts'
import { words } from '../words/index.ts'
import { sayParts, sayWhole } from './say.ts'
import type { Part, Shown } from './shown.ts'

export function mapTable(
  { catalogue, language, title }: Shown,
  part: Part,
  readings: readonly Reading[],
  nameOf: (reading: Reading) => string,
) {
  const say = words(language)
  const [by = 'unit'] = part.slice.by
  return html`<div class="heard"><table>
    <caption>${title}</caption>
    <thead><tr><th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th><th scope="col">${say.value}</th><th scope="col">${say.parts}</th></tr></thead>
    <tbody>
      ${readings.map(
        (reading) => html`<tr data-member=${reading.key.unit ?? ''}>
          <td>${nameOf(reading)}</td>
          <td>${sayWhole(reading, part.indicator, catalogue, language)} (${say[reading.status]})</td>
          <td>${sayParts(reading, part.indicator, catalogue, language)}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`
}
