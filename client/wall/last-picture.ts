/** The last picture of a wall, kept in the browser: what is shown, with its age, when the screen starts and the server is away. */
import { delMany, get, keys, set } from 'idb-keyval'
import { readBoardName } from '../../kpi/parameters.ts'
import type { Program } from '../../kpi/program.ts'
import type { Known } from '../known.ts'
import { AskError, KeptAnswer } from '../link/ask.ts'
import { ownBuild } from '../link/build.ts'
import { screenClock } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'
import { vi } from '../words/vi.ts'

/** How much server time lies between two pictures that are kept, milliseconds. */
const EVERY = 10_000
/** How long after it was drawn a picture is kept, milliseconds: to copy it is work that would hold up the frame that shows it. */
const AFTER = 300

interface Kept {
  /** The screen's own clock then: good for ages, whatever time it shows. */
  readonly saved: number
  readonly picture: Picture
  readonly answers: ReadonlyMap<string, readonly Answer[]>
}

/** An answer to a question of history, and what exactly was asked. */
interface Answer {
  readonly asked: string
  readonly answer: unknown
}

export interface LastPicture {
  readonly catalogue: Known
  readonly picture: Picture
  /** How long ago it was kept, milliseconds; null where the screen's clock cannot say. */
  readonly age: number | null
}

/** A panel asks of today, of the like day before, and once more when the day ends. */
const MOST = 3
/** What was answered lately, by question and slice; the newest first. */
const answers = new Map<string, readonly Answer[]>()
let keptAt = 0
/** How often something was taken away. */
let forgotten = 0

const PLACE = 'wall '
/** Where what was declared is kept: apart, for it is large and seldom another. */
const DECLARED = 'declared'
/** Only the build that kept something reads it, and only it takes the place of its own: until a new one is kept whole (`keep-build.ts`), the one before finds what it left. */
const OF = ' of '
const own = (name: string) => `${name}${OF}${ownBuild()}`
const nameOf = (key: string) => key.split(OF)[0] ?? key
let declared: Known | null = null

/** Keeps a picture, a few times a minute at most. Answers whether this one was kept; a browser that keeps nothing is no fault. */
export async function keepPicture(catalogue: Known, picture: Picture): Promise<boolean> {
  if (Math.abs(picture.pulse.at - keptAt) < EVERY) return false
  keptAt = picture.pulse.at
  const saved = screenClock()
  const since = forgotten
  await new Promise((resume) => setTimeout(resume, AFTER))
  // What this screen may no longer show is not kept because it was on its way.
  if (since !== forgotten) return false
  try {
    if (catalogue !== declared) await set(own(DECLARED), catalogue)
    declared = catalogue
    if (since !== forgotten) return false
    await set(own(PLACE + picture.board), { saved, picture, answers } satisfies Kept)
    return true
  } catch {
    return false
  }
}

/** How long ago something was kept, by the screen's own clock then and now, milliseconds. A clock that shows an earlier time now was set, and says nothing about it: null. */
export const ageOf = (saved: number, now: number): number | null => (now < saved ? null : now - saved)

/** The picture of a board that was kept last by this very build; null where there is none. */
export async function recallPicture(board: string): Promise<LastPicture | null> {
  const found = <T>(name: string) => get<T>(own(name)).catch(() => undefined)
  const [kept, catalogue] = await Promise.all([found<Kept>(PLACE + board), found<Known>(DECLARED)])
  if (!kept || !catalogue) return null
  for (const [key, answer] of kept.answers) if (!answers.has(key)) answers.set(key, answer)
  return { catalogue, picture: kept.picture, age: ageOf(kept.saved, screenClock()) }
}

/** Where what a paired screen was told last is kept. */
const SCREEN = 'screen'

/** What a paired screen showed last, and as what. */
export interface LastProgram {
  readonly program: Program
  /** The board whose picture was kept last. */
  readonly board: string
}

/** Keeps what a paired screen shows, once the picture of the board is kept; a browser that keeps nothing is no fault. */
export const keepProgram = (program: Program, board: string): Promise<void> =>
  set(SCREEN, { program, board } satisfies LastProgram).catch(() => undefined)

/** What was kept of it last; null where there is nothing. */
export const recallProgram = async (): Promise<LastProgram | null> =>
  (await get<LastProgram>(SCREEN).catch(() => undefined)) ?? null

/** What may stay of the places something is kept in, by their names: with `boards` the pictures of those and what was declared, else nothing. */
export function mayStay(key: unknown, boards: readonly string[] | null, told: string | null): boolean {
  if (boards === null || typeof key !== 'string') return false
  const name = nameOf(key)
  const board = name === SCREEN ? told : name.startsWith(PLACE) ? name.slice(PLACE.length) : null
  return board === null ? name === DECLARED : boards.includes(readBoardName(board).board)
}

/** Takes away what a screen that lost its key (null), or may show these boards only, still keeps. A browser that kept nothing as a screen, and is not `sure` to be one, loses nothing: it may be a wall by its address too. */
export async function forgetPictures(boards: readonly string[] | null, sure: boolean): Promise<void> {
  forgotten++
  answers.clear()
  try {
    const told = await recallProgram()
    if (told === null && !sure) return
    const all = await keys()
    await delMany(all.filter((key) => !mayStay(key, boards, told?.board ?? null)))
    if (boards === null) declared = null
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Takes away what other builds kept: this one starts from here on. */
export async function forgetOthers(): Promise<void> {
  const all = await keys().catch(() => [])
  await delMany(all.filter((key) => key !== SCREEN && !String(key).endsWith(own('')))).catch(() => undefined)
}

/** `ask` that, while the server is away, fails with what it answered last to the very same question (KeptAnswer). `about` names what few answers are kept of. */
export function remembering<A extends readonly unknown[], T>(
  name: string,
  about: (...args: A) => string,
  ask: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  return async (...args) => {
    const key = `${name} ${about(...args)}`
    const asked = JSON.stringify(args.filter((arg) => !(arg instanceof AbortSignal)))
    try {
      const answer = await ask(...args)
      const others = (answers.get(key) ?? []).filter((one) => one.asked !== asked)
      answers.set(key, [{ asked, answer }, ...others].slice(0, MOST))
      return answer
    } catch (error) {
      const last = answers.get(key)?.find((one) => one.asked === asked)
      if (!last || !(error instanceof AskError) || error.text.vi !== vi.unreachable) throw error
      throw new KeptAnswer(last.answer, error)
    }
  }
}
