/** What may be looked at, until something is: every indicator by its family, on a phone a line a family. */
import { html } from 'lit'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { DeskRoute } from '../link/desk-route.ts'
import { familyOf, unitIndicators } from '../unit/about.ts'
import { sayFamily } from '../unit/family.ts'
import { deskWords } from '../words/desk.ts'
import './ops-fold.ts'

export function start(catalogue: Known, language: Language, to: (change: Partial<DeskRoute>) => string) {
  const all = unitIndicators(catalogue)
  const families = [...new Set(all.map(({ id }) => familyOf(id)))]
  return html`<section class="card start">
    <p>${deskWords(language).start}</p>
    ${families.map(
      (family) => html`<ops-fold .line=${sayFamily(family, language)}><h2>${sayFamily(family, language)}</h2><ul>
        ${all
          .filter(({ id }) => familyOf(id) === family)
          .map(
            ({ id, title, dimensions }) =>
              html`<li><a href=${to({ indicator: id, by: dimensions[0] ?? 'unit' })}>${title[language]}</a></li>`,
          )}
      </ul></ops-fold>`,
    )}
  </section>`
}
