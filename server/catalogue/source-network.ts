/** What a source says of how it is reached: its addresses, the networks it may reach, who asks. */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Problem } from '../../kpi/problem.ts'
import { ALWAYS_REFUSED, NAMED_NETWORKS, type Reaching, sizeOf } from '../../kpi/source-network.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import { didYouMean } from './sentences.ts'
import type { Path } from './yaml.ts'

type Source = Declared<Pick<Reaching, 'allow' | 'auth' | 'tls' | 'limits'>>

/** A declared text as it was written, before variables were filled in: what may be a secret is never printed. */
function written(source: Declared<unknown>, path: Path): string {
  const value = path.reduce<unknown>(
    (holder, step) => (holder as Record<string, unknown> | null)?.[step],
    source.yaml.value,
  )
  return typeof value === 'string' ? value : ''
}

const rangesOf = (text: string): readonly string[] =>
  Object.hasOwn(NAMED_NETWORKS, text) ? NAMED_NETWORKS[text as keyof typeof NAMED_NETWORKS] : [text]

const contains = (range: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean => {
  if (!ipaddr.isValidCIDR(range)) return false
  const [network, bits] = ipaddr.parseCIDR(range)
  return network.kind() === address.kind() && (address as ipaddr.IPv6).match(network as ipaddr.IPv6, bits)
}

/** The name or range under which a literal address would have to be allowed; null when it need not be. */
function mustBeAllowed(hostname: string, allow: readonly string[]): Text | null {
  const host = hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) === 0) return null
  const address = ipaddr.process(host)
  if (ALWAYS_REFUSED.some((range) => contains(range, address)))
    return {
      vi: `${hostname} không bao giờ được hỏi (địa chỉ nội bộ của máy hoặc đám mây)`,
      en: `${hostname} is never asked (an address of the machine or the cloud itself)`,
    }
  if (address.range() === 'unicast' || allow.flatMap(rangesOf).some((range) => contains(range, address))) return null
  const name = Object.entries(NAMED_NETWORKS).find(([, ranges]) =>
    ranges.some((range) => contains(range, address)),
  )?.[0]
  const remedy = name ?? `${host}/${address.kind() === 'ipv4' ? 32 : 128}`
  return {
    vi: `${hostname} không phải địa chỉ công cộng; nếu đúng là nguồn này, thêm allow: [${remedy}]`,
    en: `${hostname} is not a public address; if it is this source, add allow: [${remedy}]`,
  }
}

/** An address as it is asked: http(s), without secrets in it, and in a network that may be reached. `filled` has no placeholders. */
export function checkAddress(source: Source, at: Path, filled: string): readonly Problem[] {
  const raw = written(source, at)
  const say = (text: Text) => [problemAt(source, at, text)]
  if (/\$\{[^}]*\}/.test(filled)) return []
  const url = URL.canParse(filled) ? new URL(filled) : null
  if (url === null || !/^https?:$/.test(url.protocol) || /[{}]/.test(filled))
    return say({
      vi: `${raw} không phải địa chỉ http(s); chỉ dùng được {from}, {to}, {last} và chỗ của paging trong địa chỉ`,
      en: `${raw} is not an http(s) address; it may hold only {from}, {to}, {last} and what paging fills in`,
    })
  if (url.username !== '' || url.password !== '' || /[?#].*\$\{/.test(raw))
    return say({
      vi: `mật khẩu và khóa không viết trong địa chỉ; dùng auth: { basic: … } hoặc auth: { key: { query: tên, value: \${KEY} } }`,
      en: `passwords and keys are not written in an address; use auth: { basic: … } or auth: { key: { query: name, value: \${KEY} } }`,
    })
  const refused = mustBeAllowed(url.hostname, source.value.allow)
  return refused ? say(refused) : []
}

function networks(source: Source): readonly Problem[] {
  return source.value.allow.flatMap((one, i) => {
    const say = (text: Text) => [problemAt(source, ['allow', i], text)]
    if (Object.hasOwn(NAMED_NETWORKS, one)) return []
    if (!ipaddr.isValidCIDR(one)) {
      const names = Object.keys(NAMED_NETWORKS)
      const hint = didYouMean(one, names)
      return say({
        vi: `“${one}” không phải mạng nào: viết ${names.join(', ')} hoặc một dải như 10.20.0.0/16${hint.vi}`,
        en: `“${one}” is no network: write ${names.join(', ')} or a range such as 10.20.0.0/16${hint.en}`,
      })
    }
    const [address, bits] = ipaddr.parseCIDR(one)
    if (bits < (address.kind() === 'ipv4' ? 8 : 16))
      return say({
        vi: `${one} rộng quá; khai đúng dải của nguồn`,
        en: `${one} is too wide; declare the range of the source`,
      })
    if (ALWAYS_REFUSED.some((range) => contains(range, address)))
      return say({
        vi: `${one} là địa chỉ nội bộ của máy hoặc đám mây, không cho phép được`,
        en: `${one} is of the machine or the cloud itself and cannot be allowed`,
      })
    return []
  })
}

/** Everything about reaching but the address itself. */
export function checkReaching(source: Source): readonly Problem[] {
  const { auth, tls, limits } = source.value
  const found = [...networks(source)]
  if (auth !== undefined && 'oauth' in auth)
    found.push(...checkAddress(source, ['auth', 'oauth', 'token'], auth.oauth.token))
  if (tls !== undefined && (tls.cert === undefined) !== (tls.key === undefined))
    found.push(
      problemAt(source, ['tls'], {
        vi: 'chứng thư của máy khách cần cả cert và key',
        en: 'a client certificate needs both cert and key',
      }),
    )
  if (sizeOf(limits.bytes) > 500_000_000)
    found.push(
      problemAt(source, ['limits', 'bytes'], {
        vi: 'một câu trả lời không quá 500MB; hãy chia nhỏ câu hỏi',
        en: 'no answer may be larger than 500MB; ask for less at a time',
      }),
    )
  return found
}
