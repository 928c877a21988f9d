/** A board: rows of panels on a grid of twelve columns; on a wall it fills the screen, elsewhere it is read as a page. */
import { css, html, LitElement, nothing } from 'lit'
import type { Board, Panel } from '../../kpi/board.ts'
import { columnsOf, FIGURES, figuresOnly, WIDE } from '../../kpi/legible.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'
import { custom } from '../views/custom.ts'
import { look } from '../views/look.ts'
import './ops-panel.ts'
import type { Shown } from '../views/shown.ts'
import type { Asks } from './asks.ts'
import { WALL_SCREEN } from './style.ts'

export class OpsBoard extends LitElement {
  static override properties = {
    board: { attribute: false },
    catalogue: { attribute: false },
    picture: { attribute: false },
    now: { attribute: false },
    language: { attribute: false },
    ask: { attribute: false },
    link: { attribute: false },
  }
  declare board: Board
  declare catalogue: Known
  declare picture: Picture | null
  declare now: number
  declare language: Language
  declare ask: Asks
  declare link: Shown['link']
  #screen = window.matchMedia(WALL_SCREEN)
  #across = window.matchMedia(`(min-aspect-ratio: ${WIDE})`)
  #again = () => this.requestUpdate()

  static override styles = [
    look,
    css`
      .rows,
      .row {
        display: grid;
        gap: var(--gap);
        min-width: 0;
      }
      .row {
        align-content: start;
      }
      .panels {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap);
        min-width: 0;
      }
      .column {
        display: grid;
        gap: var(--gap);
        min-width: 0;
        flex: var(--width) 1 min(100%, var(--least));
      }
      .note,
      .row > h2 {
        color: var(--ink-2);
      }
      .row > h2 {
        padding-top: 0.4rem;
        font-size: 1.1rem;
        font-weight: 600;
      }
      @media (max-width: 640px) {
        .column {
          flex-basis: 100%;
        }
      }
      @media (min-width: 1280px) {
        .panels {
          display: grid;
          grid-template-columns: repeat(12, minmax(0, 1fr));
        }
        .column {
          grid-column: span var(--width);
        }
      }
      :host([fit]) {
        height: 100%;
        min-height: 0;
      }
      :host([fit]) .rows {
        height: 100%;
        grid-template-rows: var(--parts);
      }
      :host([fit]) .rows.wide {
        grid-template-rows: minmax(0, 1fr);
        grid-template-columns: var(--parts);
      }
      :host([fit]) .row {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      :host([fit]) .column {
        grid-template-rows: var(--heights);
        min-height: 0;
      }
      :host([fit]) .panels {
        flex: 1;
        grid-template-rows: minmax(0, 1fr);
        min-height: 0;
      }
      /* A surface much wider than high has its figures in pairs, beside everything else. */
      :host([fit]) .pairs .panels {
        grid-template-columns: repeat(2, minmax(0, 1fr));
        grid-template-rows: none;
        grid-auto-rows: minmax(0, 1fr);
      }
      :host([fit]) .pairs .column {
        grid-column: auto;
      }
      /* Turned round (wall/care.ts): columns from the right. What they hold stays as it is read. */
      :host([fit][turned]) :is(.rows.wide, .panels) {
        direction: rtl;
      }
      :host([fit][turned]) :is(.row, .column) {
        direction: ltr;
      }
    `,
  ]

  override connectedCallback() {
    super.connectedCallback()
    for (const query of [this.#screen, this.#across]) query.addEventListener('change', this.#again)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    for (const query of [this.#screen, this.#across]) query.removeEventListener('change', this.#again)
  }

  override render() {
    const { board, language } = this
    const fit = this.#fit()
    const wide = this.#wide()
    const share = (row: Board['rows'][number]) => (wide ? (figuresOnly(row) ? FIGURES : 1) : row.height)
    const parts = board.rows.map((row) => `minmax(0, ${share(row)}fr)`).join(' ')
    const note = board.note && !fit ? html`<p class="note">${board.note[language]}</p>` : nothing
    return html`<div class="rows ${wide ? 'wide' : ''}" ${custom({ '--parts': parts })}>
      ${note}
      ${board.rows.map(
        (row) => html`<section class="row ${wide && figuresOnly(row) ? 'pairs' : ''}">
          ${row.title ? html`<h2>${row.title[language]}</h2>` : nothing}
          <div class="panels">${columnsOf(row.panels).map((column) =>
            this.#column(
              column.map(({ panel }) => panel),
              fit,
            ),
          )}</div>
        </section>`,
      )}
    </div>`
  }

  #column(column: readonly Panel[], fit: boolean) {
    const [first] = column
    if (!first) return nothing
    const heights = column.map(({ height }) => `minmax(0, ${height ?? 1}fr)`).join(' ')
    return html`<div class="column" ${custom({ '--width': first.width, '--least': `${least(first.width)}rem`, '--heights': heights })}>
      ${column.map((panel) => this.#panel(panel, fit))}
    </div>`
  }

  #panel(panel: Panel, fit: boolean) {
    return html`<ops-panel
      .panel=${panel}
      .catalogue=${this.catalogue}
      .picture=${this.picture}
      .now=${this.now}
      .language=${this.language}
      .fit=${fit}
      .ask=${this.ask}
      .link=${this.link}
    ></ops-panel>`
  }

  /** Whether the rows stand beside each other (`panelRooms` in kpi/legible.ts says the same of a profile). */
  #wide(): boolean {
    return this.#fit() && this.#across.matches && this.board.rows.length > 1
  }

  #fit(): boolean {
    return this.board.layout === 'wall' && this.#screen.matches
  }

  protected override updated() {
    this.toggleAttribute('fit', this.#fit())
  }
}

/** The least width of a panel where columns are not kept (a tablet), rem: figures side by side, drawings in the full width. */
function least(width: number): number {
  return width <= 3 ? 20 : width === 4 ? 17 : width * 6.5
}

customElements.define('ops-board', OpsBoard)
