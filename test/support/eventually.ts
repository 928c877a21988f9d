/** Waits until something holds: the only way a test waits for another process. */

/** The longest between two looks, milliseconds. */
const LONGEST = 500

/** Repeats `check` until it no longer throws, at rest at least as long as the last look took, so that waiting costs whoever works no more than half a core; after `deadline` milliseconds its last error is thrown. A deadline is there to end a wait, not to promise a speed: say one only where the speed is the proof. */
export async function eventually<T>(check: () => Promise<T> | T, deadline = 240_000): Promise<T> {
  const end = performance.now() + deadline
  for (;;) {
    const began = performance.now()
    try {
      return await check()
    } catch (error) {
      if (performance.now() > end) throw error
      await new Promise((again) => setTimeout(again, Math.min(LONGEST, Math.max(20, performance.now() - began))))
    }
  }
}
