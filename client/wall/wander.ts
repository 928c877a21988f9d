/** A wall that shows a sentence or a code in the middle of a dark screen: those wander too, four times as far as a board, by the stopwatch alone. */
import { stopwatch } from '../link/clock.ts'
import { orbitAt } from './care.ts'

/** How often it is looked where they stand, milliseconds. */
const EVERY = 20_000
/** A code is few thick strokes, and has room around it. */
const FARTHER = 4

/** Where they stand `since` milliseconds after the page began, on a surface so high, as a CSS `translate`. */
export function wanderAt(since: number, height: number): string {
  const point = FARTHER * Math.max(1, Math.round(height / 1080))
  const { x, y } = orbitAt(since)
  return `${x * point}px ${y * point}px`
}

/** Moves what asks for `--wander` (`.alone`, the code) from now on. Returns what ends it. */
export function startWandering(): () => void {
  const { style } = document.documentElement
  const move = () => {
    const place = wanderAt(stopwatch(), window.innerHeight)
    // Set anew, the same would have the style of everything computed anew.
    if (style.getPropertyValue('--wander') !== place) style.setProperty('--wander', place)
  }
  move()
  const timer = setInterval(move, EVERY)
  return () => clearInterval(timer)
}
