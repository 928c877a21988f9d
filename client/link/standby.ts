/**
 * The service worker: a wall that starts while the server is away gets the last build that painted here, and one whose server hands
 * out another build goes on with that one until the other has proven itself (`wall/renew.ts`). It keeps nothing itself.
 */
import { PAGE, pageOf } from './standby-page.ts'

interface Fetched extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: string, heard: (event: Event) => void): void
}

/** How long the server may take to begin its answer, milliseconds. */
const PATIENCE = 3000

const worker = self as unknown as Worker

worker.addEventListener('install', (event) => wait(event, worker.skipWaiting()))
worker.addEventListener('activate', (event) => wait(event, worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const { request, respondWith } = bound(event as Fetched)
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (url.pathname.startsWith('/assets/')) respondWith(asset(request))
  else if (request.mode === 'navigate' && PAGE.test(url.pathname)) respondWith(page(request, url))
})

function wait(event: Event, work: Promise<unknown>): void {
  ;(event as unknown as { waitUntil(work: Promise<unknown>): void }).waitUntil(work)
}

const bound = (event: Fetched) => ({
  request: event.request,
  respondWith: (answer: Promise<Response>) => event.respondWith(answer),
})

/** Names of assets change with their content: one that is kept is the right one. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request)
}

async function page(request: Request, url: URL): Promise<Response> {
  const kept = await caches.match('/')
  return pageOf({ url, destination: request.destination }, kept, await soon(request))
}

/** The server's answer; null where it does not come in time. */
function soon(request: Request): Promise<Response | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE))
  return Promise.race([fetch(request).catch(() => null), late])
}
