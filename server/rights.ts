/** Which acts need which right of a named key: a route says what it needs, `access.ts` what a key may. */
import type { RequestHandler } from 'express'
import type { Right } from '../kpi/rights.ts'
import type { Text } from '../kpi/text.ts'
import type { Access } from './access.ts'
import { Refusal } from './refusal.ts'

const LACKS: Readonly<Record<Right, (name: string) => Text>> = {
  read: (name) => ({ vi: `Khóa “${name}” không được xem.`, en: `The key “${name}” may not read.` }),
  operate: (name) => ({
    vi: `Khóa “${name}” không được xử lý sự cố và số liệu bị giữ: cần quyền operate trong KEYS.`,
    en: `The key “${name}” may not act on incidents and held values: it needs the right operate in KEYS.`,
  }),
  direct: (name) => ({
    vi: `Khóa “${name}” không được điều khiển màn hình: cần quyền direct trong KEYS.`,
    en: `The key “${name}” may not direct screens: it needs the right direct in KEYS.`,
  }),
}

/** Lets pass whose key may `right`; the guard has seen that there is a key. Else the request is refused (403). */
export function needs(access: Access, right: Right): RequestHandler {
  return (request, _response, next) => {
    if (!access.mayOf(request).includes(right)) throw new Refusal(403, LACKS[right](access.keyName(request) ?? ''))
    next()
  }
}
