/** The cookie a browser keeps its key in: set by `/?key=…`, and set anew with every page and every look at the declarations, so that a wall never outlives it. */
import type { RequestHandler, Response } from 'express'
import { type Access, cookieKey, KEY_COOKIE } from './access.ts'

/** Browsers keep no cookie longer than this (RFC 6265bis §5.5), milliseconds. */
export const KEPT = 400 * 86_400_000

const keep = (response: Response, key: string) =>
  response.cookie(KEY_COOKIE, key, { httpOnly: true, sameSite: 'strict', maxAge: KEPT })

/** `/?key=…` keeps the key in a cookie and leaves the address without it. */
export function keyFromAddress(access: Access): RequestHandler {
  return (request, response, next) => {
    const { key } = request.query
    if (request.method !== 'GET' || typeof key !== 'string') return next()
    request.headers.cookie = `${KEY_COOKIE}=${encodeURIComponent(key)}`
    if (access.keyName(request) !== null) keep(response, key)
    const rest = new URLSearchParams(request.url.split('?')[1])
    rest.delete('key')
    // One slash: two would lead to another host.
    response.redirect(303, `${request.path.replace(/^\/+/, '/')}${rest.size > 0 ? `?${rest}` : ''}`)
  }
}

/** Whoever asks with a key that is still good keeps it for as long again. */
export function renewKey(access: Access): RequestHandler {
  return (request, response, next) => {
    const key = request.headers.authorization === undefined ? cookieKey(request) : null
    if (key !== null && access.keyName(request) !== null) keep(response, key)
    next()
  }
}
