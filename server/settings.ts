/** The only reader of the environment: one schema, typed settings or a list of problems, one sentence each. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { z } from 'zod'
import type { Problem } from '../kpi/problem.ts'
import { RIGHTS, type Right } from '../kpi/rights.ts'
import type { Language, Text } from '../kpi/text.ts'

/** Exit code of a process whose configuration is wrong: restarting it would not help (sysexits EX_CONFIG). */
export const BAD_CONFIGURATION = 78
const SECRET_LENGTH = 16

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((n) => n <= 65_535)
    .default(fallback)
const url = z
  .url({ protocol: /^https?$/ })
  .transform((text) => text.replace(/\/+$/, ''))
  .optional()
const folder = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((path) => resolve(path))
/** `name:secret` may everything; `name:secret:operate+direct` what it names, and read. Null where it is neither. */
function readKey(entry: string) {
  const [, name, rest] = /^\s*([^:\s]+):(\S+)\s*$/.exec(entry) ?? []
  if (name === undefined || rest === undefined) return null
  const [, secret, named] = WITH_RIGHTS.exec(rest) ?? []
  const may = RIGHTS.filter((right) => right === 'read' || named?.split('+').includes(right))
  return secret === undefined ? { name, secret: rest, may: RIGHTS } : { name, secret, may }
}
const WITH_RIGHTS = new RegExp(`^(.+):((?:${RIGHTS.join('|')})(?:\\+(?:${RIGHTS.join('|')}))*)$`)

const keys = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((entry) => entry.trim() !== ''))
  .transform((entries) => entries.map(readKey))
  .refine((entries) => entries.every((entry) => entry !== null && entry.secret.length >= SECRET_LENGTH))
  .transform((entries) => entries.flatMap((entry) => entry ?? []))

/** Addresses and networks of proxies, as Express takes them. */
const proxies = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((all) => all.every(isProxy))
  .optional()
function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', bits] = text.split('/', 2)
  const version = isIP(address)
  return version !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
}

/** Who messages are from where nobody says. */
export const MAIL_FROM = 'Toàn Cảnh <toan-canh@localhost>'

/** How long something is kept, milliseconds; null is for ever. */
const days = (fallback: string) =>
  z
    .string()
    .regex(/^(forever|[1-9]\d{0,4}d)$/)
    .default(fallback)
    .transform((text) => (text === 'forever' ? null : Number.parseInt(text, 10) * 86_400_000))

const Schema = z.object({
  PORT: port(8080),
  HOST: z.string().default('127.0.0.1'),
  DATA: folder('./data'),
  DASHBOARDS: folder('./dashboards'),
  CLICKHOUSE: url,
  MODE: z.enum(['demo', 'production']).default('demo'),
  ROLE: z.enum(['collect', 'serve', 'all']).default('all'),
  LANGUAGE: z.enum(['vi', 'en']).default('vi'),
  KEYS: keys,
  KEY: z.string().optional(),
  PUBLIC_URL: url,
  PROXIES: proxies,
  COUNTRY_URL: url,
  OUTBOX_MEGABYTES: z
    .string()
    .regex(/^[1-9]\d{1,6}$/)
    .transform(Number)
    .default(4096),
  SMTP: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  RETAIN_RAW: days('400d'),
  RETAIN_MINUTE: days('90d'),
  RETAIN_HOUR: days('1095d'),
  ENGINE_PORT: port(0),
  ENGINE_KEY: z.string().min(SECRET_LENGTH).optional(),
  COUNTRY_PORT: port(0),
  SEED: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .default(1),
})
type Name = keyof z.infer<typeof Schema>
const NAMES = Object.keys(Schema.shape) as readonly Name[]

/** What a process is told by its environment. Ports are TCP ports (0 = any free one), folders are absolute paths. */
export interface Settings {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly dashboards: string
  /** Address of a ClickHouse server; undefined = the embedded engine. */
  readonly clickhouse: string | undefined
  readonly mode: 'demo' | 'production'
  readonly role: 'collect' | 'serve' | 'all'
  readonly language: Language
  /** Name of a key → its secret. */
  readonly keys: ReadonlyMap<string, string>
  /** Name of a key → what it may; everything where nothing is said of it. */
  readonly rights?: ReadonlyMap<string, readonly Right[]>
  /** The secret with which a program of ours asks a running house. */
  readonly key?: string | undefined
  readonly publicUrl: string | undefined
  /** The proxies whose word on who asks is taken. */
  readonly proxies?: readonly string[]
  readonly countryUrl: string | undefined
  /** The mail server, `smtp://user:key@host:587`; undefined = no mail. */
  readonly smtp?: string | undefined
  readonly mailFrom?: string | undefined
  /** How long each level is kept after it was stored, milliseconds; null is for ever. */
  readonly retain: { readonly raw: number | null; readonly minute: number | null; readonly hour: number | null }
  /** The most that may wait on disk for the store, megabytes. */
  readonly outbox?: number
  readonly enginePort: number
  readonly engineKey: string | undefined
  readonly countryPort: number
  readonly seed: number
}

export type Environment = Readonly<Record<string, string | undefined>>
export type SettingsOrProblems =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly language: Language }

const aPort: Text = { vi: 'hãy cho một số từ 0 đến 65535', en: 'give a number from 0 to 65535' }
const aUrl: Text = { vi: 'hãy cho một địa chỉ http:// hoặc https://', en: 'give an address with http:// or https://' }
const aFolder: Text = { vi: 'hãy cho đường dẫn một thư mục', en: 'give the path of a folder' }

const someDays: Text = { vi: 'hãy cho số ngày như 400d, hoặc forever', en: 'give days such as 400d, or forever' }

/** What a value should have been. */
const REMEDY = {
  OUTBOX_MEGABYTES: { vi: 'hãy cho số megabyte từ 10 trở lên', en: 'give megabytes, 10 or more' },
  RETAIN_RAW: someDays,
  RETAIN_MINUTE: someDays,
  RETAIN_HOUR: someDays,
  PORT: aPort,
  HOST: { vi: 'hãy cho một tên máy hoặc địa chỉ IP', en: 'give a host name or an IP address' },
  DATA: aFolder,
  DASHBOARDS: aFolder,
  CLICKHOUSE: aUrl,
  MODE: { vi: 'hãy chọn demo hoặc production', en: 'choose demo or production' },
  ROLE: { vi: 'hãy chọn collect, serve hoặc all', en: 'choose collect, serve or all' },
  LANGUAGE: { vi: 'hãy chọn vi hoặc en', en: 'choose vi or en' },
  KEYS: {
    vi: `hãy viết tên:khoá,tên2:khoá2, mỗi khoá ít nhất ${SECRET_LENGTH} ký tự, có thể thêm quyền như tên:khoá:operate+direct`,
    en: `write name:secret,name2:secret2, each secret at least ${SECRET_LENGTH} characters long, with its rights if not all, such as name:secret:operate+direct`,
  },
  KEY: { vi: 'hãy cho khóa của bạn', en: 'give your secret' },
  PUBLIC_URL: aUrl,
  PROXIES: {
    vi: 'hãy cho địa chỉ IP hoặc mạng như 10.0.0.0/8, cách nhau bằng dấu phẩy, hoặc loopback',
    en: 'give IP addresses or networks such as 10.0.0.0/8, with commas between, or loopback',
  },
  COUNTRY_URL: aUrl,
  SMTP: {
    vi: 'hãy cho địa chỉ máy chủ thư smtp://người-dùng:khóa@máy:587 hoặc smtps://…',
    en: 'give the mail server as smtp://user:key@host:587 or smtps://…',
  },
  MAIL_FROM: { vi: 'hãy cho địa chỉ gửi thư', en: 'give the address mail is sent from' },
  ENGINE_PORT: aPort,
  ENGINE_KEY: {
    vi: `hãy cho ít nhất ${SECRET_LENGTH} ký tự`,
    en: `give at least ${SECRET_LENGTH} characters`,
  },
  COUNTRY_PORT: aPort,
  SEED: { vi: 'hãy cho một số nguyên không âm', en: 'give a whole number, zero or more' },
} satisfies Record<Name, Text>

/** A desktop's own list of locales (`en_US:en`) shares our variable's name; it does not speak to us. */
const isLocaleList = (value: string) => /[_:.@]/.test(value)
const SECRETS: ReadonlySet<string> = new Set(['KEYS', 'KEY', 'ENGINE_KEY', 'SMTP'])
const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)
const problem = (field: string, vi: string, en: string): Problem => ({
  place: 'environment',
  field,
  message: { vi, en },
})

/** PROT for PORT, DASHBOARD for DASHBOARDS; other programs' names of four letters are left alone. */
function meant(name: string): Name | undefined {
  if (name.length < 4) return undefined
  const sorted = [...name].sort().join('')
  return NAMES.find((known) => {
    const swapped = [...known].sort().join('') === sorted && distance(name, known) === 2
    const slipped = distance(name, known) === 1 && (name.length !== known.length || known.length > 4)
    return swapped || slipped
  })
}

function nearMisses(env: Environment): Problem[] {
  const known: ReadonlySet<string> = new Set(NAMES)
  return Object.keys(env).flatMap((name) => {
    const right = known.has(name) || env[name] === undefined ? undefined : meant(name)
    if (right === undefined || env[right] !== undefined) return []
    return [
      problem(
        name,
        `Không có cài đặt ${name}; có phải ý bạn là ${right}? Hãy đổi tên hoặc bỏ biến đó.`,
        `There is no setting ${name}; did you mean ${right}? Rename or unset it.`,
      ),
    ]
  })
}

function wrongValue(name: Name, value: string): Problem {
  const shown = SECRETS.has(name) ? '…' : value
  const remedy = REMEDY[name]
  return problem(
    name,
    `Giá trị ${name}=${shown} không dùng được: ${remedy.vi}.`,
    `The value ${name}=${shown} cannot be used: ${remedy.en}.`,
  )
}

/** The language of a process: what is none of ours, as the list of locales of a desktop, is nothing. */
export const languageOf = (env: Environment = process.env): Language => (env.LANGUAGE?.trim() === 'en' ? 'en' : 'vi')

/** Every setting of this process, or every problem of its environment at once. Empty values count as absent. */
export function readSettings(env: Environment = process.env): SettingsOrProblems {
  const given: Record<string, string> = {}
  for (const name of NAMES) {
    const value = env[name]?.trim()
    if (value === undefined || value === '') continue
    if (name === 'LANGUAGE' && isLocaleList(value)) continue
    given[name] = value
  }
  const language = languageOf(env)
  const parsed = Schema.safeParse(given)
  const wrong = parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.path[0] as Name))]
  const problems = [...wrong.map((name) => wrongValue(name, given[name] ?? '')), ...nearMisses(env)]
  if (!isLoopback(given.HOST ?? '127.0.0.1') && given.KEYS === undefined) {
    problems.push(
      problem(
        'HOST',
        `HOST=${given.HOST} mở hệ thống ra mạng mà chưa có khoá: hãy đặt KEYS=tên:khoá (ít nhất ${SECRET_LENGTH} ký tự) hoặc bỏ HOST.`,
        `HOST=${given.HOST} opens the system to the network without a key: set KEYS=name:secret (at least ${SECRET_LENGTH} characters) or unset HOST.`,
      ),
    )
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems, language }
  const it = parsed.data
  return {
    ok: true,
    settings: {
      port: it.PORT,
      host: it.HOST,
      data: it.DATA,
      dashboards: it.DASHBOARDS,
      clickhouse: it.CLICKHOUSE,
      mode: it.MODE,
      role: it.ROLE,
      language: it.LANGUAGE,
      keys: new Map(it.KEYS.map(({ name, secret }) => [name, secret])),
      rights: new Map(it.KEYS.map(({ name, may }) => [name, may])),
      key: it.KEY,
      publicUrl: it.PUBLIC_URL,
      // What stands before this machine by its public name usually runs on it.
      proxies: it.PROXIES ?? (it.PUBLIC_URL === undefined ? [] : ['loopback']),
      countryUrl: it.COUNTRY_URL,
      smtp: it.SMTP,
      mailFrom: it.MAIL_FROM,
      retain: { raw: it.RETAIN_RAW, minute: it.RETAIN_MINUTE, hour: it.RETAIN_HOUR },
      outbox: it.OUTBOX_MEGABYTES,
      enginePort: it.ENGINE_PORT,
      engineKey: it.ENGINE_KEY,
      countryPort: it.COUNTRY_PORT,
      seed: it.SEED,
    },
  }
}

/** The named keys with what each may. */
export const keysOf = ({ keys, rights }: Pick<Settings, 'keys' | 'rights'>) =>
  [...keys].map(([name, secret]) => ({ name, secret, may: rights?.get(name) ?? RIGHTS }))

/** The raw value of an environment variable, for `${NAME}` in declarations. */
export function variable(name: string): string | undefined {
  // Where the demonstration country of `npm start` drops files; it keeps its state in the data folder.
  const drop = name === 'COUNTRY_DROP' ? resolve(process.env.DATA ?? './data', 'country/drop') : undefined
  return process.env[name] ?? drop
}

/** The whole environment with some values replaced, for a child process. */
export function environmentWith(changes: Environment): Record<string, string> {
  const merged = { ...process.env, ...changes }
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** Sets a variable that a library of this process reads by itself when it is loaded; what whoever started the process said of it stands. */
export function unlessSaid(name: string, value: string): void {
  process.env[name] ??= value
}
