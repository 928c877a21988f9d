/** What the desk asks beside the questions: what people save by the name of their key, and a board made of what they look at. */
import { z } from 'zod'
import type { Catalogue } from '../kpi/catalogue.ts'
import { Query } from '../kpi/query.ts'
import { MOST_SAVED, Save, type SavedAnswer } from '../kpi/saved.ts'
import { boardDraft } from './catalogue/board-draft.ts'
import { knownThings, readQuery } from './questions.ts'
import { Refusal } from './refusal.ts'
import type { Store } from './store/connect.ts'
import { save, savedOf } from './store/saved.ts'

const BoardQuery = Query.breakdown.pick({ indicator: true, where: true, from: true, to: true, by: true }).extend({
  title: z.string().trim().min(1).max(120).optional(),
})

/** What a person keeps; without a named key nothing is kept. */
export async function savedAnswer(store: Store, owner: string | null): Promise<SavedAnswer> {
  return { owner, saved: owner === null ? [] : await savedOf(store, owner) }
}

/** Keeps, changes or takes away a view of `owner`. Errors: Refusals for what is wrong or too much. */
export async function saveView(store: Store, owner: string, body: unknown) {
  const asked = readQuery(Save, (body ?? {}) as Record<string, unknown>)
  const id = await save(store, owner, asked)
  if (id === null) throw new Refusal(409, FULL, 'id')
  return { status: asked.remove ? 200 : 201, id }
}

/** A board of what is looked at, as a YAML file for dashboards/boards. Errors: Refusals as of any question. */
export function boardFile(catalogue: Catalogue, parameters: Record<string, unknown>) {
  const asked = readQuery(BoardQuery, parameters)
  knownThings(catalogue, asked)
  return { name: `${asked.indicator.replace(/[^a-z0-9]+/gi, '-')}.yaml`, body: boardDraft(catalogue, asked) }
}

const FULL = {
  vi: `Mỗi người lưu được nhiều nhất ${MOST_SAVED} góc nhìn; hãy xoá bớt.`,
  en: `A person keeps ${MOST_SAVED} views at most; remove some.`,
}
