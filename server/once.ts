/** Equal questions asked at the same time run once, and those of screens once in a pulse. A run is given up only when nobody waits for it any more. */
import { setMaxListeners } from 'node:events'

/**
 * Runs `run` unless the same `key` is running: then waits for that answer. `gone` says that this asker waits no more; `version`: what the
 * answer is true for, and whoever asks for the same version later has it too.
 */
export type Once = <T>(
  key: string,
  gone: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
  version?: string,
) => Promise<T>

/** The most answers that are kept of one version. */
const MOST = 500

interface Running {
  readonly answer: Promise<unknown>
  readonly control: AbortController
  waiting: number
}

export function startOnce(): Once {
  const all = new Map<string, Running>()
  /** The answers of the newest version asked for. */
  const kept = new Map<string, unknown>()
  let newest: string | undefined

  function begin(key: string, run: (signal: AbortSignal) => Promise<unknown>): Running {
    const control = new AbortController()
    // As many as an answer is made of listen at a time.
    setMaxListeners(0, control.signal)
    const running: Running = { answer: run(control.signal).finally(() => forget(key, running)), control, waiting: 0 }
    all.set(key, running)
    return running
  }

  function forget(key: string, running: Running): void {
    if (all.get(key) === running) all.delete(key)
  }

  function keep(key: string, version: string, answer: unknown): void {
    if (version === newest && kept.size < MOST) kept.set(key, answer)
  }

  return (question, gone, run, version) => {
    if (version !== undefined && version !== newest) {
      kept.clear()
      newest = version
    }
    if (version !== undefined && kept.has(question))
      return Promise.resolve(kept.get(question)) as ReturnType<typeof run>
    // What began before a pulse is no answer to who asks after it.
    const key = version === undefined ? question : `${version} ${question}`
    const running = all.get(key) ?? begin(key, run)
    if (version !== undefined)
      running.answer.then(
        (answer) => keep(question, version, answer),
        () => undefined,
      )
    running.waiting += 1
    const leave = () => {
      running.waiting -= 1
      if (running.waiting > 0) return
      // Whoever asks from here on must not be given an answer that was given up.
      forget(key, running)
      running.control.abort()
    }
    if (gone.aborted) leave()
    else gone.addEventListener('abort', leave, { once: true })
    // Whoever asks again and again for the same asker would hear it as often as it ever asked.
    const answered = () => gone.removeEventListener('abort', leave)
    running.answer.then(answered, answered)
    return running.answer as ReturnType<typeof run>
  }
}
