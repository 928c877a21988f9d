/** Messages to a program of the operator's: run without a shell, the message on its standard input as JSON. */
import { spawn } from 'node:child_process'
import type { Message } from './template.ts'

/** Runs the program. Rejects unless it ends with 0 within `timeout` milliseconds. */
export function run([program = '', ...args]: readonly string[], timeout: number, message: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      shell: false,
      timeout,
      killSignal: 'SIGKILL',
    })
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(signal ? `ended by ${signal}` : `exit code ${code}`)),
    )
    // A program that reads nothing closes its end; its exit code still says how it went.
    child.stdin.on('error', () => undefined)
    child.stdin.end(`${JSON.stringify({ subject: message.subject, text: message.text, ...message.data })}\n`)
  })
}
