/** What lives as long as the collectors do: connections, tokens, what is known of a host; opened when first wanted, closed with them. */

export interface Thing<T> {
  readonly value: T
  stop?(): Promise<unknown>
}

export interface Kept {
  /** The one thing of this name, opened when it is first asked for. */
  get<T>(name: string, open: () => Thing<T>): T
  /** Closes all of it; what does not close in order is no reason not to stop. */
  stop(): Promise<void>
}

export function openKept(): Kept {
  const things = new Map<string, Thing<unknown>>()
  return {
    get<T>(name: string, open: () => Thing<T>): T {
      const known = things.get(name) ?? open()
      things.set(name, known)
      return known.value as T
    },
    async stop() {
      const all = [...things.values()]
      things.clear()
      await Promise.allSettled(all.map((one) => one.stop?.()))
    },
  }
}
