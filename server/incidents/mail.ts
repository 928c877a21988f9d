/** Messages by e-mail over SMTP. */
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
  // Loaded only where mail is set up.
  const opened = import('nodemailer').then(({ createTransport }) =>
    createTransport({
      ...{ url, connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE },
      // Nothing a message says is ever read from a file or fetched.
      ...{ disableFileAccess: true, disableUrlAccess: true },
    }),
  )
  opened.catch(() => undefined)
  return {
    async send(to, { id, subject, text }) {
      const messageId = `<${id.replace(/[^\w.-]/g, '_')}@toan-canh>`
      const transport = await opened
      await transport.sendMail({ from, to, subject, text, messageId, headers: { 'Auto-Submitted': 'auto-generated' } })
    },
    stop: () =>
      void opened.then(
        (transport) => transport.close(),
        () => undefined,
      ),
  }
}
