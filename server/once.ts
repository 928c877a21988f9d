/** Equal questions asked at the same time run once. The run is given up only when nobody waits for it any more. */

/** Runs `run` unless the same `key` is running: then waits for that answer. `gone` says that this asker waits no more. */
export type Once = <T>(key: string, gone: AbortSignal, run: (signal: AbortSignal) => Promise<T>) => Promise<T>

interface Running {
  readonly answer: Promise<unknown>
  readonly control: AbortController
  waiting: number
}

export function startOnce(): Once {
  const all = new Map<string, Running>()

  function begin(key: string, run: (signal: AbortSignal) => Promise<unknown>): Running {
    const control = new AbortController()
    const running: Running = { answer: run(control.signal).finally(() => forget(key, running)), control, waiting: 0 }
    all.set(key, running)
    return running
  }

  function forget(key: string, running: Running): void {
    if (all.get(key) === running) all.delete(key)
  }

  return (key, gone, run) => {
    const running = all.get(key) ?? begin(key, run)
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
    return running.answer as ReturnType<typeof run>
  }
}
