/** What an operator says of a screen, as the fields of a form: when it is let in, and when that changes. */
import { html, nothing } from 'lit'
import { placesOf } from '../../kpi/mosaic.ts'
import type { PairedScreen } from '../../kpi/program.ts'
import type { Mosaic } from '../../kpi/scene.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { directorWords } from '../words/director.ts'

export interface AboutFields {
  readonly catalogue: Known
  readonly language: Language
  /** The group chosen so far; its places are offered. */
  readonly group: string | null
  readonly choose: (group: string) => void
  /** The screen as it is, where it is known. */
  readonly known?: PairedScreen
}

export function aboutFields({ catalogue, language, group: chosen, choose, known }: AboutFields) {
  const say = directorWords(language)
  const groups = [...(catalogue.groups?.values() ?? [])]
  const group = groups.find(({ id }) => id === (chosen ?? known?.group)) ?? groups[0]
  const places = group ? placesOf(group) : []
  const boards = [...catalogue.boards.values()].filter(({ layout }) => layout === 'wall')
  const several = (known?.boards?.length ?? 0) > 1
  return html`
    <label>${say.name}<input name="name" required maxlength="60" autocomplete="off" .defaultValue=${known?.name ?? ''} /></label>
    <label>${say.group}
      <select name="group" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${groups.map((one) => html`<option value=${one.id} ?selected=${one.id === group?.id}>${one.title[language]}</option>`)}
      </select>
    </label>
    ${
      places.length > 0
        ? html`<label>${say.place}
            <select name="place">${group?.mosaic ? nothing : html`<option value="">${say.noPlace}</option>`}${places.map((one) => html`<option value=${one} ?selected=${one === (known?.group === group?.id ? known?.place : null)}>${sayPlace(one, group?.mosaic, language)}</option>`)}</select>
          </label>`
        : nothing
    }
    ${
      // A part of one picture is laid out as the whole.
      group?.mosaic
        ? nothing
        : html`<label>${say.profile}
            <select name="profile"><option value="">${say.profileOfGroup}</option>
              ${[...(catalogue.screens?.values() ?? [])].map((one) => html`<option value=${one.id} ?selected=${one.id === known?.profile}>${one.title[language]}</option>`)}
            </select>
          </label>`
    }
    ${
      // Several boards are a choice no list of one can hold: it stays.
      several
        ? nothing
        : html`<label>${say.only}
            <select name="board"><option value="">${say.anyBoard}</option>
              ${boards.map((one) => html`<option value=${one.id} ?selected=${one.id === known?.boards?.[0]}>${one.title[language]}</option>`)}
            </select>
          </label>`
    }`
}

/** A place, and in one picture where it is. */
export function sayPlace(place: string, mosaic: Mosaic | undefined, language: Language): string {
  const cell = mosaic?.cells[place]
  return cell ? `${place} (${directorWords(language).cell(cell.column, cell.row)})` : place
}

/** What the fields say. */
export function aboutSaid(form: HTMLFormElement, language: Language, known?: PairedScreen) {
  const given = new FormData(form)
  const text = (name: string) => String(given.get(name) ?? '').trim()
  const or = (name: string) => (text(name) === '' ? null : text(name))
  const board = or('board')
  const boards = given.has('board') ? (board === null ? null : [board]) : (known?.boards ?? null)
  const place = given.has('place') ? or('place') : null
  return {
    ...{ name: text('name'), group: text('group'), place, profile: or('profile'), boards },
    language: known?.language ?? language,
  }
}
