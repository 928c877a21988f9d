/** Remembers what a day's answer was; forgets everything when full, since all of it can be worked out again. */

export function memo<T>(most: number): (key: number, make: () => T) => T {
  const known = new Map<number, T>()
  return (key, make) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make()
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}
