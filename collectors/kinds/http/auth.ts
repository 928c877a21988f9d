/** Who asks: tokens, passwords and keys as declared, put into a request and nowhere else. */
import {
  type AuthorizationServer,
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
} from 'oauth4webapi'
import type { Reaching } from '../../../kpi/source-network.ts'
import { sha256 } from '../../batch.ts'
import type { FetchContext } from '../kind.ts'
import type { Answered, Request } from './exchange.ts'
import { Failure } from './failure.ts'
import { reach } from './reach.ts'

type Source = Reaching & { readonly folder: string }
type Oauth = Extract<NonNullable<Reaching['auth']>, { oauth: unknown }>['oauth']
type Context = Pick<FetchContext, 'kept' | 'now' | 'signal'>

/** A token is renewed this long before it ends, ms. */
const BEFORE = 30_000
/** How long a token counts that does not say how long it does. */
const UNSAID = 300

interface Token {
  readonly value: string
  readonly from: number
  /** From then on a new one is asked for. */
  readonly renew: number
}

/** One token for all sources of one client; whoever comes while it is asked for waits for the same. */
interface Tokens {
  current: Token | null
  asking: Promise<Token> | null
}

const tokensOf = (oauth: Oauth, { kept }: Pick<Context, 'kept'>): Tokens =>
  kept.get(
    `http/token ${sha256(oauth.token, oauth.client, oauth.secret, oauth.scope ?? '', oauth.audience ?? '')}`,
    () => ({
      value: { current: null, asking: null } as Tokens,
    }),
  )

/** The token endpoint is asked over the same guarded connections as the source. */
function asksOver(source: Source, context: Context) {
  return async (url: string, init: { readonly headers: Record<string, string>; readonly body?: unknown }) => {
    const request: Request = {
      ...{ method: 'POST', url: new URL(url), headers: init.headers },
      body: String(init.body ?? ''),
    }
    const { status, headers, bytes } = await reach(
      request,
      { ...source, limits: { ...source.limits, bytes: '1MB' } },
      context,
    )
    // A server may say the secret back in its refusal; a token it gives once more is none that was declared.
    const said = withoutSecrets(bytes, declaredSecrets(source))
    return new Response(new Uint8Array(said), { status, headers: { 'content-type': headers['content-type'] ?? '' } })
  }
}

function tokenFailure(cause: unknown): Failure {
  const said = cause instanceof ResponseBodyError ? cause.error : cause instanceof Failure ? null : 'unreadable'
  const [vi, en] =
    cause instanceof Failure
      ? [cause.wrong.wrong.vi, cause.wrong.wrong.en]
      : said === 'unreadable'
        ? ['câu trả lời không theo OAuth 2', 'its answer is not of OAuth 2']
        : [`bị từ chối: ${said?.slice(0, 80)}`, `refused: ${said?.slice(0, 80)}`]
  return new Failure(
    { vi: `không lấy được mã truy cập (auth.oauth.token): ${vi}`, en: `no access token (auth.oauth.token): ${en}` },
    cause instanceof Failure ? { again: false } : {},
  )
}

async function ask(oauth: Oauth, source: Source, context: Context): Promise<Token> {
  const server: AuthorizationServer = { issuer: new URL(oauth.token).origin, token_endpoint: oauth.token }
  const client = { client_id: oauth.client }
  const extra = new URLSearchParams({
    ...(oauth.scope !== undefined && { scope: oauth.scope }),
    ...(oauth.audience !== undefined && { audience: oauth.audience }),
  })
  const how = oauth.by === 'basic' ? ClientSecretBasic(oauth.secret) : ClientSecretPost(oauth.secret)
  try {
    const response = await clientCredentialsGrantRequest(server, client, how, extra, {
      [customFetch]: asksOver(source, context) as never,
      [allowInsecureRequests]: true,
    })
    const { access_token: value, expires_in: seconds = UNSAID } = await processClientCredentialsResponse(
      server,
      client,
      response,
    )
    const [from, life] = [context.now(), seconds * 1000]
    return { value, from, renew: from + life - Math.min(BEFORE, life / 2) }
  } catch (cause) {
    throw tokenFailure(cause)
  }
}

async function tokenOf(oauth: Oauth, source: Source, context: Context): Promise<string> {
  const tokens = tokensOf(oauth, context)
  const now = context.now()
  const { current } = tokens
  // A clock set back would make a token look young for ever.
  if (current && now >= current.from && now < current.renew) return current.value
  tokens.asking ??= ask(oauth, source, context).finally(() => {
    tokens.asking = null
  })
  tokens.current = await tokens.asking
  return tokens.current.value
}

/** The request with what says who asks. Throws a `Failure` where no token is to be had. */
async function authorised(request: Request, source: Source, context: Context): Promise<Request> {
  const { auth } = source
  const withHeader = (name: string, value: string): Request => ({
    ...request,
    headers: { ...request.headers, [name.toLowerCase()]: value },
  })
  if (auth === undefined) return request
  if ('bearer' in auth) return withHeader('authorization', `Bearer ${auth.bearer}`)
  if ('basic' in auth) {
    const pair = Buffer.from(`${auth.basic.user}:${auth.basic.password}`, 'utf8').toString('base64')
    return withHeader('authorization', `Basic ${pair}`)
  }
  if ('oauth' in auth) return withHeader('authorization', `Bearer ${await tokenOf(auth.oauth, source, context)}`)
  if ('header' in auth.key) return withHeader(auth.key.header, auth.key.value)
  const url = new URL(request.url)
  const { query, value } = auth.key
  // What is declared keeps the form it is written in; a next page may already carry the key.
  if (url.searchParams.has(query)) url.searchParams.set(query, value)
  else url.search += `${url.search === '' ? '?' : '&'}${encodeURIComponent(query)}=${encodeURIComponent(value)}`
  return { ...request, url }
}

/** Asks as who is declared: with a new token once, where the one that was kept is refused. Throws a `Failure`. */
export async function askAs(request: Request, source: Source, context: FetchContext): Promise<Answered> {
  try {
    return await reach(await authorised(request, source, context), source, context)
  } catch (cause) {
    if (!(cause instanceof Failure) || !renewed(cause.verdict.status, source, context)) throw cause
    return reach(await authorised(request, source, context), source, context)
  }
}

/** Whether a refused question is worth asking once more: the token kept is thrown away first. */
function renewed(status: number | null, source: Source, context: Context): boolean {
  if (status !== 401 || source.auth === undefined || !('oauth' in source.auth)) return false
  const tokens = tokensOf(source.auth.oauth, context)
  const had = tokens.current !== null
  tokens.current = null
  return had
}

const TELLING = /auth|key|token|secret|cookie|password|session/i

/** Every text that must never be seen, a token that is kept among them: what a source echoes of it is masked. */
export function secretsOf(source: Pick<Reaching, 'auth' | 'headers' | 'tls'>, context: Pick<Context, 'kept'>) {
  const { auth } = source
  const token = auth !== undefined && 'oauth' in auth ? tokensOf(auth.oauth, context).current?.value : undefined
  return [...(token === undefined ? [] : [token]), ...declaredSecrets(source)]
}

function declaredSecrets({ auth, headers, tls }: Pick<Reaching, 'auth' | 'headers' | 'tls'>): readonly string[] {
  const telling = Object.entries(headers).flatMap(([name, value]) =>
    TELLING.test(name) ? [value, ...value.split(' ').slice(1)] : [],
  )
  const found: (string | undefined)[] = [...telling, tls?.passphrase]
  if (auth !== undefined) {
    if ('bearer' in auth) found.push(auth.bearer)
    else if ('oauth' in auth) found.push(auth.oauth.secret)
    else if ('key' in auth) found.push(auth.key.value)
    else found.push(auth.basic.password, Buffer.from(`${auth.basic.user}:${auth.basic.password}`).toString('base64'))
  }
  // Shorter ones are no secrets, and would mask figures.
  return [...new Set(found)]
    .filter((one): one is string => one !== undefined && one.length >= 8)
    .sort((a, b) => b.length - a.length)
}

const MASK = '***'

/** Bytes without what must never be seen. */
export function withoutSecrets(bytes: Buffer, secrets: readonly string[]): Buffer {
  const written = secrets.flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)])
  const found = [...new Set(written)].filter((secret) => bytes.includes(secret))
  if (found.length === 0) return bytes
  // Latin-1 keeps every byte, whatever the text is written in.
  const latin = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
  return Buffer.from(
    found.reduce((text, secret) => text.replaceAll(latin(secret), MASK), bytes.toString('latin1')),
    'latin1',
  )
}
