/** Asks whose key this page carries and what it may: GET /api/key. */
import type { KeyAnswer } from '../../kpi/rights.ts'
import { ask } from './ask.ts'

/** Throws AskError. */
export const askKey = (signal?: AbortSignal): Promise<KeyAnswer> => ask('/api/key', signal)
