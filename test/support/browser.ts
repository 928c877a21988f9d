/** A real browser for tests, and a small real server for the built screens; whoever opens gets back what closes. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core'
import { BUILT } from './root.ts'
import { scratch } from './scratch.ts'

const QUIET = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
/** One process for all is another browser than people have, and without a zygote each page's process begins from nothing. */
const UNWANTED = ['--single-process', '--no-zygote']
const ALONE = ['--disable-component-update', '--disable-sync']
/** A name of another machine, as the browser sees it, which is this one: to it, plain http there is not to be trusted as that of loopback is. */
export const ELSEWHERE = 'tuong.toan-canh.test'
const NAMED = [`--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`]
/** The address of this machine, as if it were another. */
export const elsewhere = (url: string): string => url.replace('127.0.0.1', ELSEWHERE)
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
/** The policy of the real server: nothing inline, nothing from outside. */
export const POLICY = "default-src 'self'; style-src 'self'; connect-src 'self' ws:"

/** The longest that a page is waited for, milliseconds: it ends what hangs, and promises no speed. */
const PATIENCE = 240_000

export interface OpenBrowser {
  readonly browser: Browser
  close(): Promise<void>
}

/** How Chromium is started here, in a home of its own. */
export const launched = async (home: string) => ({
  executablePath: await chromium.executablePath(),
  args: [...chromium.args.filter((arg) => !UNWANTED.includes(arg)), ...QUIET, ...ALONE, ...NAMED],
  headless: true,
  timeout: PATIENCE,
  env: { ...process.env, HOME: home, TMPDIR: home } as Record<string, string>,
})

function patient(context: BrowserContext): BrowserContext {
  context.setDefaultTimeout(PATIENCE)
  return context
}

/** Starts Chromium with a profile of its own; `close()` ends it and removes the profile. */
export async function openBrowser(): Promise<OpenBrowser> {
  const home = await mkdtemp(join(scratch(), 'toan-canh-browser-'))
  const browser = await playwright.launch(await launched(home))
  const newContext = browser.newContext.bind(browser)
  // Pages that are opened without a context of their own come this way too.
  browser.newContext = async (...options) => patient(await newContext(...options))
  return {
    browser,
    async close() {
      await browser.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Starts Chromium on a profile that stays when it ends, as a kiosk has; whoever made the folder removes it. */
export async function openProfile(home: string): Promise<BrowserContext> {
  return patient(
    await playwright.launchPersistentContext(join(home, 'profile'), {
      ...(await launched(home)),
      viewport: { width: 1920, height: 1080 },
    }),
  )
}

/** The built screens. */
export const PAGES = join(BUILT, 'pages')

export interface Served {
  readonly url: string
  readonly server: Server
  close(): Promise<void>
}

/** Serves the built screens on loopback with the strict policy; addresses of boards answer index.html; what `api` answers with undefined fails. `port` 0 takes a free one; `other` may answer with another text than what was built. */
export async function serveScreens(
  port = 0,
  api: Readonly<Record<string, (query: URLSearchParams) => unknown>> = {},
  other: (path: string) => string | null = () => null,
): Promise<Served> {
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const answer = api[path]
    response.setHeader('content-security-policy', POLICY)
    if (answer) {
      const said = await answer(searchParams)
      if (said === undefined) return void response.writeHead(500).end()
      return void response.setHeader('content-type', 'application/json').end(JSON.stringify(said))
    }
    const wanted = join(PAGES, normalize(path))
    const file = extname(path) !== '' ? wanted : join(PAGES, 'index.html')
    const text = other(extname(path) !== '' ? path : '/index.html')
    if (text === null && (!file.startsWith(PAGES) || !existsSync(file))) return void response.writeHead(404).end()
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    // Their names change with their content.
    if (path.startsWith('/assets/')) response.setHeader('cache-control', 'max-age=3600, immutable')
    response.end(text ?? (await readFile(file)))
  })
  // Lines end by who asks: none is closed in the moment in which it is used again.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
