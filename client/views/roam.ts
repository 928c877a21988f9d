/** Choices that stand side by side are one stop of the Tab key: arrows go from one to the next, Enter takes it. */

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Listens to the keys of an element whose children are links and buttons. */
export function roam(event: KeyboardEvent): void {
  const all = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(':scope > a, :scope > button')]
  const here = all.indexOf(event.target as HTMLElement)
  if (here < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
  const step = STEPS[event.key]
  const to = step !== undefined ? (here + step + all.length) % all.length : { Home: 0, End: all.length - 1 }[event.key]
  if (to === undefined) return
  all[to]?.focus()
  event.preventDefault()
}

/** Whether a choice is where Tab stops: the chosen one, or the first where none is. */
export const stopOf = (choices: readonly boolean[], i: number): 0 | -1 =>
  i === Math.max(0, choices.indexOf(true)) ? 0 : -1
