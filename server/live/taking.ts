/** Takes changed declarations: one try at a time, again until the folds go by the newest ones; until then those of before are shown. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Log } from '../../kpi/log.ts'
import type { Folding } from '../store/folding.ts'

export interface Taking {
  /** Resolves once the newest declarations told, these or later ones, are taken. */
  want(next: Catalogue): Promise<void>
  /** The store answers: tries again what failed, no sooner than a second after the last try. */
  again(): void
}

export interface TakingOptions {
  readonly folding: Pick<Folding, 'redefine'>
  /** What the folds go by at the beginning. */
  readonly first: Catalogue
  /** Hears which declarations are taken; not of the first. */
  readonly taken: (next: Catalogue) => void
  readonly now: () => number
  readonly log: Log
}

/** How long between two tries, milliseconds. */
const TRY_AGAIN = 1000

export function startTaking({ folding, first, taken, now, log }: TakingOptions): Taking {
  let wanted = first
  /** What is shown. */
  let shown = first
  /** What the folds go by; null where a try was cut short. */
  let folded: Catalogue | null = first
  let trying = false
  let tried = 0
  let failed = false
  const waiting: (() => void)[] = []

  async function takeNewest(): Promise<void> {
    if (trying) return
    trying = true
    try {
      while (folded !== wanted) {
        const next = wanted
        tried = now()
        folded = null
        await folding.redefine(next)
        folded = next
        if (next !== wanted || next === shown) continue
        shown = next
        taken(next)
      }
      failed = false
      for (const done of waiting.splice(0)) done()
    } catch (error) {
      if (!failed)
        log.warn(
          {
            vi: 'khai báo đã sửa chưa được nhận; thử lại tới khi được',
            en: 'changed declarations are not taken yet; tried again until they are',
          },
          error,
        )
      failed = true
    } finally {
      trying = false
    }
  }

  return {
    want(next) {
      wanted = next
      if (folded === wanted) return Promise.resolve()
      const done = new Promise<void>((resolve) => waiting.push(resolve))
      void takeNewest()
      return done
    },
    again() {
      if (folded !== wanted && Math.abs(now() - tried) >= TRY_AGAIN) void takeNewest()
    },
  }
}
