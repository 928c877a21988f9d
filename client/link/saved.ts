/** What a person keeps of their work: asked and told with the key of the cookie. */
import type { Save, SavedAnswer } from '../../kpi/saved.ts'
import { en } from '../words/en.ts'
import { vi } from '../words/vi.ts'
import { AskError, ask, refusal } from './ask.ts'

export const askSaved = (signal?: AbortSignal): Promise<SavedAnswer> => ask('/api/saved', signal)

/** Keeps, renames or takes away a view. Throws AskError with the server's sentence. */
export async function tellSaved(body: Partial<Save> & Pick<Save, 'title' | 'address'>): Promise<void> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch('/api/saved', request).catch((cause: unknown) => {
    throw new AskError({ vi: vi.unreachable, en: en.unreachable }, { cause })
  })
  if (!answer.ok) throw new AskError(await refusal(answer))
}
