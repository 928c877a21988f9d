/** What a directed screen shows and what it makes ready, as the server's programs arrive. Pure. */
import type { Program } from '../../kpi/program.ts'

export interface Stage {
  /** The board on stage; null before the first. */
  readonly now: string | null
  /** The announced moment by which it came on stage; null where it was not announced. */
  readonly flip: number | null
  /** What is drawn out of sight, and the pulse from which it is due; `at: null` as soon as it is drawn. */
  readonly coming: { readonly board: string; readonly at: number | null } | null
  /** What was on stage before, still there but unseen: taking it away is work, and waits until the flip is on the glass. */
  readonly leaving: string | null
}

export const EMPTY: Stage = { now: null, flip: null, coming: null, leaving: null }

/** The stage after a program. What is on stays until what follows is drawn: never an empty frame. */
export function directed(stage: Stage, { now, next }: Pick<Program, 'now' | 'next'>): Stage {
  const want = now?.board ?? null
  const { coming } = stage
  if (want === null) return next === null ? EMPTY : { ...EMPTY, coming: { board: next.board, at: null } }
  // What was announced may have been reached while it was still being drawn.
  if (stage.now !== want) {
    const announced = coming?.board === want ? coming.at : null
    return makingReady(stage, want, announced)
  }
  if (next && next.board !== want) return makingReady(stage, next.board, next.at)
  return coming === null ? stage : { ...stage, coming: null }
}

/** What was about to be taken away may be wanted again: then it stays. */
const makingReady = (stage: Stage, board: string, at: number | null): Stage => ({
  ...stage,
  coming: { board, at },
  leaving: stage.leaving === board ? null : stage.leaving,
})

/** The stage once what was coming is due. */
export function flipped(stage: Stage): Stage {
  const { now, coming } = stage
  return coming === null ? stage : { now: coming.board, flip: coming.at, coming: null, leaving: now }
}

/** Where each board of a stage is drawn: what stays stays in its place, for moved it would begin anew; what comes has the first that is free. As many places as boards are ever drawn at a time. */
export function placed(
  places: readonly (string | null)[],
  { now, coming, leaving }: Stage,
): readonly (string | null)[] {
  const wanted = new Set([now, coming?.board ?? null, leaving].flatMap((board) => board ?? []))
  const kept = PLACES.map((_, i) => (wanted.delete(places[i] ?? '') ? (places[i] ?? null) : null))
  const [...fresh] = wanted
  return kept.map((board) => board ?? fresh.shift() ?? null)
}
const PLACES = [0, 1, 2]

/** The stage once what was on before has been taken away. */
export function cleared(stage: Stage): Stage {
  return stage.leaving === null ? stage : { ...stage, leaving: null }
}
