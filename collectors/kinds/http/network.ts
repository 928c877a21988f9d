/** Which addresses a source may be reached at: the public ones, and those of networks its declaration allows. */
import { lookup as resolveName } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { ALWAYS_REFUSED, NAMED_NETWORKS } from '../../../kpi/source-network.ts'
import type { Text } from '../../../kpi/text.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = readonly [Address, number]

const ranges = (texts: readonly string[]): readonly Range[] =>
  texts.flatMap((text) => (ipaddr.isValidCIDR(text) ? [ipaddr.parseCIDR(text)] : []))

const inside = (address: Address, list: readonly Range[]) =>
  list.some(([network, bits]) => {
    // An IPv4 address written as IPv6 was unwrapped before; kinds never match each other.
    if (network.kind() !== address.kind()) return false
    return (address as ipaddr.IPv6).match(network as ipaddr.IPv6, bits)
  })

const REFUSED = ranges(ALWAYS_REFUSED)
/** Beyond it no IPv6 address is anybody's on the public network. */
const PUBLIC_6 = ranges(['2000::/3'])

const known = new Map<string, readonly Range[]>()

/** The ranges a declaration allows; there are few, and they are asked for with every request. */
function allowedBy(allow: readonly string[]): readonly Range[] {
  const name = allow.join(' ')
  const found =
    known.get(name) ?? ranges(allow.flatMap((one) => NAMED_NETWORKS[one as keyof typeof NAMED_NETWORKS] ?? [one]))
  if (known.size > 1000) known.clear()
  known.set(name, found)
  return found
}

/** Null: it may be reached. `allow` are names of networks and ranges, as declared. */
export function refusedAddress(text: string, allow: readonly string[]): Text | null {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return { vi: `“${text}” không phải địa chỉ IP`, en: `“${text}” is no IP address` }
  const address = ipaddr.process(bare)
  if (inside(address, REFUSED))
    return {
      vi: `${bare} là địa chỉ nội bộ của máy hoặc của đám mây, không bao giờ được hỏi`,
      en: `${bare} is an address of the machine or the cloud itself and is never asked`,
    }
  if (inside(address, allowedBy(allow))) return null
  const isPublic = address.range() === 'unicast' && (address.kind() === 'ipv4' || inside(address, PUBLIC_6))
  if (isPublic) return null
  const name = Object.entries(NAMED_NETWORKS).find(([, list]) => inside(address, ranges(list)))?.[0]
  const remedy = name ?? `${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`
  return {
    vi: `${bare} không phải địa chỉ công cộng; nếu đúng là nguồn này, khai allow: [${remedy}]`,
    en: `${bare} is not a public address; if it is this source, declare allow: [${remedy}]`,
  }
}

/** An address that may not be reached, on its way through `net.connect`. */
export class Refused extends Error {
  readonly code = 'REFUSED_ADDRESS'
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

/** A lookup that answers only where every address of the name may be reached: what was checked is what is connected to. */
export const guardedLookup =
  (allow: readonly string[], resolve: typeof resolveName = resolveName): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      for (const { address } of addresses) {
        const text = refusedAddress(address, allow)
        if (text) return callback(new Refused(prefixed(hostname, text)) as NodeJS.ErrnoException, '', 0)
      }
      const [first] = addresses
      if (options.all) return callback(null, addresses)
      callback(null, first?.address ?? '', first?.family ?? 0)
    })
  }

const prefixed = (hostname: string, { vi, en }: Text): Text => ({ vi: `${hostname}: ${vi}`, en: `${hostname}: ${en}` })

/** A literal address in a URL is not looked up; it is checked here. Null: it may be asked, or is a name to be looked up. */
export function refusedHost(url: URL, allow: readonly string[]): Text | null {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? null : refusedAddress(host, allow)
}
