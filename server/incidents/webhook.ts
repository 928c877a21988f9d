/** Messages by webhook, signed as Standard Webhooks has it: HMAC-SHA256 over id, timestamp and body. */
import { createHmac } from 'node:crypto'
import type { Message } from './template.ts'

/** How long a receiver may take, milliseconds. */
const PATIENCE = 10_000

/** The key of a secret: what follows `whsec_` is base64; any other text is taken as it is. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)
}

/** The headers of a signed request at `now` (UTC milliseconds); whoever verifies must compare in constant time. */
export function signed(id: string, body: string, secret: string, now: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000))
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

/** Sends a message. Rejects unless the receiver answers with 2xx; a redirect is no receiver. */
export async function post(url: string, secret: string, message: Message, now: number): Promise<void> {
  const body = JSON.stringify({ type: 'incident', timestamp: new Date(now).toISOString(), data: message.data })
  const answer = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'error',
    headers: { 'content-type': 'application/json', ...signed(message.id, body, secret, now) },
    signal: AbortSignal.timeout(PATIENCE),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
}
