/** Waits until something holds: the only way a test waits for another process. */

/** Repeats `check` until it no longer throws; after `deadline` milliseconds its last error is thrown. A deadline is there to end a wait, not to promise a speed: say one only where the speed is the proof. */
export async function eventually<T>(check: () => Promise<T> | T, deadline = 60_000): Promise<T> {
  const end = performance.now() + deadline
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > end) throw error
      await new Promise((again) => setTimeout(again, 20))
    }
  }
}
