/** What is known of one host: how often it failed in a row, and until when it is left alone. A circuit breaker, with time as an argument. */
import { ZONE_OFFSET } from '../../../kpi/range.ts'
import type { Text } from '../../../kpi/text.ts'

/** Failures in a row after which the host is left alone. */
export const MOST_FAILURES = 5
const FIRST_REST = 5_000
const LONGEST_REST = 60_000
/** No host is left alone longer because it said so. */
const LONGEST_ASKED = 3_600_000
/** Timers may ring a little before the clock says so. */
const EARLY = 20

export interface Host {
  /** Null: ask. Otherwise why not, and until when; who comes while one question tries the host again waits for what becomes of it. */
  admit(now: () => number): Promise<Text | null>
  answered(): void
  /** `after`: how long the host asks to be left alone, in ms; null when it does not say. */
  failed(now: number, after: number | null): void
  /** A question that ended without telling anything of the host. */
  left(): void
}

const clock = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(11, 19)

/** `name` is how sentences call the host. */
export function openHost(name: string): Host {
  let failures = 0
  let rests = 0
  let shut: { readonly from: number; readonly until: number; readonly why: Text } | null = null
  /** After a rest one question goes ahead; the others wait. */
  let trying: { readonly over: Promise<void>; readonly end: () => void } | null = null

  function tried() {
    const last = trying
    trying = null
    last?.end()
  }
  function rest(now: number, length: number, why: Text) {
    shut = { from: now, until: now + length, why }
  }
  return {
    async admit(now) {
      while (trying !== null) await trying.over
      if (shut === null) return null
      const [at, until] = [now(), clock(shut.until)]
      // A clock set back ends the rest: it would otherwise last for ever.
      if (at < shut.until - EARLY && at >= shut.from)
        return {
          vi: `${name} ${shut.why.vi}; để yên đến ${until} rồi hỏi lại`,
          en: `${name} ${shut.why.en}; it is left alone until ${until} and asked again`,
        }
      let end = () => {}
      const over = new Promise<void>((resolve) => {
        end = resolve
      })
      trying = { over, end }
      return null
    },
    answered() {
      ;[failures, rests, shut] = [0, 0, null]
      tried()
    },
    failed(now, after) {
      failures += 1
      if (after !== null && after > 0)
        rest(now, Math.min(after, LONGEST_ASKED), { vi: 'yêu cầu đợi (Retry-After)', en: 'asks to wait (Retry-After)' })
      // What was under way before a rest began and fails during it says nothing new.
      else if (trying !== null || (shut === null && failures >= MOST_FAILURES)) {
        const length = Math.min(FIRST_REST * 2 ** rests, LONGEST_REST)
        rests += 1
        rest(now, length, { vi: `không trả lời ${failures} lần liền`, en: `failed ${failures} times in a row` })
      }
      tried()
    },
    left: tried,
  }
}
