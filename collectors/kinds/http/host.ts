/** What is known of one host: how often it failed in a row, and until when it is left alone. A circuit breaker, with time as an argument. */
import { ZONE_OFFSET } from '../../../kpi/range.ts'
import type { Text } from '../../../kpi/text.ts'

/** Failures in a row after which the host is left alone. */
export const MOST_FAILURES = 5
const FIRST_REST = 5_000
const LONGEST_REST = 120_000
/** No host is left alone longer because it said so. */
const LONGEST_ASKED = 3_600_000
/** Timers may ring a little before the clock says so. */
const EARLY = 20

export interface Host {
  /** Null: ask. Otherwise why not, and until when. */
  admit(now: number): Text | null
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
  /** After a rest one question goes ahead; the others wait for what becomes of it. */
  let trying = false

  function rest(now: number, length: number, why: Text) {
    shut = { from: now, until: now + length, why }
    trying = false
  }
  return {
    admit(now) {
      if (shut === null) return null
      const until = clock(shut.until)
      // A clock set back ends the rest: it would otherwise last for ever.
      if (now < shut.until - EARLY && now >= shut.from)
        return {
          vi: `${name} ${shut.why.vi}; để yên đến ${until} rồi hỏi lại`,
          en: `${name} ${shut.why.en}; it is left alone until ${until} and asked again`,
        }
      if (trying) return { vi: `${name} đang được hỏi thử lại`, en: `${name} is being tried again` }
      trying = true
      return null
    },
    answered() {
      ;[failures, rests, shut, trying] = [0, 0, null, false]
    },
    failed(now, after) {
      failures += 1
      if (after !== null && after > 0)
        rest(now, Math.min(after, LONGEST_ASKED), { vi: 'yêu cầu đợi (Retry-After)', en: 'asks to wait (Retry-After)' })
      else if (failures >= MOST_FAILURES || shut !== null) {
        const length = Math.min(FIRST_REST * 2 ** rests, LONGEST_REST)
        rests += 1
        rest(now, length, { vi: `không trả lời ${failures} lần liền`, en: `failed ${failures} times in a row` })
      }
    },
    left() {
      trying = false
    },
  }
}
