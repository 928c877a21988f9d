/** Messages by e-mail over SMTP. */
import { createTransport } from 'nodemailer'
import type { Message } from './template.ts'

/** How long a server may take to answer, milliseconds. */
const PATIENCE = 15_000

export interface Mailer {
  /** Resolves when the server took the message. */
  send(to: string, message: Message): Promise<void>
  stop(): void
}

/** A mailer for `smtp://user:key@host:587` or `smtps://…`. */
export function startMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    ...{ url, connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE },
    // Nothing a message says is ever read from a file or fetched.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  return {
    async send(to, { id, subject, text }) {
      const messageId = `<${id.replace(/[^\w.-]/g, '_')}@toan-canh>`
      await transport.sendMail({ from, to, subject, text, messageId, headers: { 'Auto-Submitted': 'auto-generated' } })
    },
    stop: () => transport.close(),
  }
}
