/** Tells the server what a person does about an incident: POST /api/acts with the key of the cookie. */
import type { Act } from '../../kpi/act.ts'
import { en } from '../words/en.ts'
import { vi } from '../words/vi.ts'
import { AskError, refusal } from './ask.ts'

/** Sends an act. Throws AskError with the server's sentence. */
export async function act(body: Act): Promise<void> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch('/api/acts', request).catch((cause: unknown) => {
    throw new AskError({ vi: vi.unreachable, en: en.unreachable }, { cause })
  })
  if (answer.status === 401) throw new AskError({ vi: vi.mayTake, en: en.mayTake })
  if (!answer.ok) throw new AskError(await refusal(answer))
}
