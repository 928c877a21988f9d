/** Arrow keys in a grid of things that are links: to which of them a key leads, as they stand on the page. */

/** The place in `all` a key leads to from `here`; undefined where it is no such key. A row has as many as stand beside the first. */
export function stepIn(all: readonly HTMLElement[], here: number, key: string): number | undefined {
  const top = all[0]?.offsetTop
  const second = all.findIndex(({ offsetTop }) => offsetTop !== top)
  const columns = second < 0 ? all.length : second
  const to: number | undefined = {
    ...{ ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: here + columns, ArrowUp: here - columns },
    ...{ Home: 0, End: all.length - 1 },
  }[key]
  return to === undefined ? undefined : within(to, all.length)
}

/** A place that is none is the nearest that is one. */
export const within = (place: number, count: number): number => Math.min(count - 1, Math.max(0, place))
