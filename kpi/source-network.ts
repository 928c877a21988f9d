/** How a source over the network is reached: who asks, which networks may be reached, how much, how long and how often. */
import { z } from 'zod'
import { DurationText } from './indicator.ts'

/** `50MB`, `800kB`: 1000 bytes are a kB. */
export const SizeText = z.string().regex(/^[1-9]\d{0,4}(?:kB|MB)$/)

/** Bytes of a size; 0 when the text is none. */
export const sizeOf = (text: string): number =>
  SizeText.safeParse(text).success ? Number(text.slice(0, -2)) * (text.endsWith('kB') ? 1000 : 1_000_000) : 0

/** How the collector says who it is. Secrets are written `${NAME}` and come from the environment. */
export const Auth = z.union([
  z.strictObject({ bearer: z.string().min(1) }),
  z.strictObject({ basic: z.strictObject({ user: z.string().min(1), password: z.string().min(1) }) }),
  /** An API key in a header or in the query of the address. */
  z.strictObject({
    key: z.union([
      z.strictObject({ header: z.string().min(1), value: z.string().min(1) }),
      z.strictObject({ query: z.string().min(1), value: z.string().min(1) }),
    ]),
  }),
  /** OAuth 2 client credentials (RFC 6749 §4.4): the token is asked for at `token`, kept, and renewed. */
  z.strictObject({
    oauth: z.strictObject({
      token: z.string().min(1),
      client: z.string().min(1),
      secret: z.string().min(1),
      scope: z.string().min(1).optional(),
      audience: z.string().min(1).optional(),
      /** How the client says who it is: HTTP basic, or in the form. */
      by: z.enum(['basic', 'form']).default('basic'),
    }),
  }),
])
export type Auth = z.infer<typeof Auth>

/** Certificates, each the path of a PEM file; relative paths begin beside the declaration. `cert` and `key` make TLS mutual. */
export const Tls = z.strictObject({
  ca: z.string().min(1).optional(),
  cert: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
  passphrase: z.string().min(1).optional(),
})
export type Tls = Readonly<z.infer<typeof Tls>>

export const Limits = z.strictObject({
  /** The most one answer may hold once it is unpacked. */
  bytes: SizeText.default('50MB'),
  /** The most rows all pages of an answer may hold. */
  rows: z.int().min(1).max(10_000_000).default(1_000_000),
  /** The most pages of one answer. */
  pages: z.int().min(1).max(10_000).default(200),
})

export const reaching = {
  headers: z.record(z.string(), z.string()).default({}),
  auth: Auth.optional(),
  tls: Tls.optional(),
  /**
   * Networks that are not public and may be reached all the same: `loopback`, `private`, or a range such as `10.20.0.0/16`.
   * Addresses by which clouds tell a machine its secrets are never reached.
   */
  allow: z.array(z.string().min(1)).default([]),
  /** The most one request may take, its answer included. */
  timeout: DurationText.default('10s'),
  /** How many times a question is asked again before its run is given up. */
  retries: z.int().min(0).max(10).default(2),
  /** The most requests to one host at a time; the least of all sources of that host counts. */
  concurrency: z.int().min(1).max(64).default(8),
  limits: Limits.prefault({}),
}
const Reached = z.strictObject(reaching)
export type Reaching = Readonly<z.infer<typeof Reached>>

/** How a source's time is asked for, in windows. */
export const timing = {
  /** How finely the source counts: windows begin and end on this beat. */
  span: DurationText,
  /** How long after a span's end the source can answer for it. */
  delay: DurationText.default('0s').or(z.literal('0s')),
  /** The most one request asks for. */
  chunk: DurationText.default('1d'),
  /** How far back the first start goes. */
  backfill: DurationText.default('1d'),
  /** How far back each run asks again for corrections. */
  revisit: DurationText.default('1h'),
}

/** Networks that are not public, by the name `allow` gives them. */
export const NAMED_NETWORKS = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Link-local addresses, those that mean any machine or all machines, and those by which clouds tell a machine its secrets. */
export const ALWAYS_REFUSED: readonly string[] = [
  ...['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32'],
  ...['100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32'],
  ...['::/128', 'fe80::/10', 'ff00::/8', 'fd00:ec2::254/128', 'fd20:ce::254/128'],
]
