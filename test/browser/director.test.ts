/** Screens and the director on the whole running system: pair, take, one pulse, undo, an incident takes over and gives back, revoke, restart. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Look } from '../../kpi/look.ts'
import type { ScreenState } from '../../kpi/painted.ts'
import type { ScreensAnswer } from '../../kpi/screens.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { MORNING } from '../support/living.ts'
import { violations } from '../support/look.ts'
import { type System, startSystem } from '../support/system.ts'

const KEY = 'khoa-cua-dao-dien-1'
const OPERATOR = 'khoa-cua-truc-ban-01'
let system: System
let open: OpenBrowser
/** Each screen is a browser of its own: its key is its own. */
const screens: { readonly context: BrowserContext; readonly page: Page }[] = []
let desk: Page
const faults: string[] = []

const title = '{ vi: Thử, en: Try }'

/** A room of two screens whose scenes change fast enough to be watched. */
function declare(folder: string): void {
  const say = (path: string, text: string) => writeFileSync(join(folder, path), text)
  say(
    'groups/room.yaml',
    `title: { vi: Phòng thử, en: Test room }\nprofile: near\nplaces: [left, right]\nprogram: [{ scene: first }]\ntakeover: [{ scene: grave, linger: 1s }]\n`,
  )
  say('scenes/first.yaml', `title: ${title}\nsteps: [{ board: interchange, for: 1h }]\n`)
  say('scenes/second.yaml', `title: ${title}\nsteps: [{ board: incidents, for: 1h }]\n`)
  say('scenes/grave.yaml', `title: ${title}\nsteps: [{ board: country, for: 1h }]\n`)
}

beforeAll(async () => {
  ;[system, open] = await Promise.all([
    startSystem({
      at: MORNING,
      backfill: '2h',
      chunk: '2h',
      only: ['interchange'],
      settings: { KEYS: `dao-dien:${KEY},truc:${OPERATOR}:operate` },
      declare,
    }),
    openBrowser(),
  ])
  for (let i = 0; i < 2; i++) {
    const context = await open.browser.newContext({ viewport: { width: 1920, height: 1080 } })
    const page = await context.newPage()
    hear(page)
    await page.goto(`${system.url}screen`)
    screens.push({ context, page })
  }
  const own = await open.browser.newContext({ viewport: { width: 1366, height: 768 } })
  desk = await own.newPage()
  hear(desk)
  await desk.goto(`${system.url}?key=${KEY}`)
  await desk.goto(`${system.url}director`)
})
afterAll(async () => {
  await open?.close()
  await system?.stop()
})

function hear(page: Page): void {
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
}

const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
async function post(path: string, body: object): Promise<unknown> {
  const answer = await fetch(new URL(path, system.url), { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
async function all(): Promise<ScreensAnswer> {
  return (await fetch(new URL('api/screens', system.url), { headers })).json() as Promise<ScreensAnswer>
}
const paired = async (): Promise<readonly ScreenState[]> => (await all()).screens.filter((one) => one.paired !== null)
const codeOn = (page: Page) => page.locator('[data-code]')

/** Until both screens have said that they paint a board. */
async function bothPaint(board: string): Promise<readonly ScreenState[]> {
  return eventually(async () => {
    const found = await paired()
    expect(found.map((one) => [one.state, one.painted?.board])).toEqual([
      ['live', board],
      ['live', board],
    ])
    return found
  })
}

test('a wall that nobody let in shows a code, and no place to log in', async () => {
  for (const { page } of screens) {
    const code = await eventually(async () => {
      const text = await codeOn(page).getAttribute('data-code', { timeout: 1000 })
      expect(text).toMatch(/^[2-9A-HJKMNP-TW-Z]{6}$/)
      return text
    })
    expect((await codeOn(page).textContent())?.replace(/\s/g, '')).toBe(code)
    expect(await page.locator('input, button, form').count()).toBe(0)
    // Nothing is known of the server's time, and the code wanders all the same.
    const [place, own] = await codeOn(page).evaluate((code) => [
      document.documentElement.style.getPropertyValue('--wander'),
      getComputedStyle(code).translate,
    ])
    expect(place).toMatch(/^-?\d+px -?\d+px$/)
    expect(own).toBe(place)
  }
  expect(await violations((screens[0] as (typeof screens)[number]).page)).toEqual([])
  const codes = await Promise.all(screens.map(({ page }) => codeOn(page).getAttribute('data-code')))
  expect((await all()).waiting.map(({ code }) => code).sort()).toEqual(codes.sort())
})

test('an operator lets both in at the console, and they show what their group shows', async () => {
  for (const [i, { page }] of screens.entries()) {
    const code = (await codeOn(page).getAttribute('data-code')) ?? ''
    const form = desk.locator('ops-pairing form')
    await desk.locator(`[data-waiting="${code}"] button`).click()
    await form.locator('[name=name]').fill(`Màn ${i + 1}`)
    await form.locator('[name=group]').selectOption('room')
    await form.locator('[name=place]').selectOption(i === 0 ? 'left' : 'right')
    await form.locator('button.pair').click()
    await eventually(async () =>
      expect((await paired()).map(({ paired: one, state }) => `${one?.name} ${state}`)).toEqual(
        ['Màn 1 live', 'Màn 2 live'].slice(0, i + 1),
      ),
    )
  }
  await bothPaint('interchange')
  await eventually(async () => expect(await desk.locator('.screen[data-state=live]').count()).toBe(2))
  for (const { page, context } of screens) {
    expect(await codeOn(page).count()).toBe(0)
    // The key is out of reach of scripts.
    expect(await page.evaluate(() => document.cookie)).toBe('')
    const cookie = (await context.cookies()).find(({ name }) => name === 'toan-canh-screen')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    expect(JSON.stringify(await all())).not.toContain(cookie?.value ?? '?')
  }
})

test('a screen is renamed and moved at the console; it goes on showing', async () => {
  const card = desk.locator('.screen', { hasText: 'Màn 2' })
  await card.locator('button.change').click()
  const form = desk.locator('form.change')
  expect(await form.locator('[name=place]').inputValue()).toBe('right')
  await form.locator('[name=name]').fill('Màn phải')
  await form.locator('button.strong').click()
  await eventually(async () => expect((await paired()).map((one) => one.paired?.name)).toEqual(['Màn 1', 'Màn phải']))
  await eventually(async () => expect(await form.count()).toBe(0))
  await bothPaint('interchange')
})

test('every screen says what it paints: the newest pulse, how late, how large, by which build', async () => {
  const [one] = await bothPaint('interchange')
  expect(one).toMatchObject({ painted: { width: 1920, height: 1080, language: 'vi', visible: true, errors: 0 } })
  expect(one?.painted?.build).not.toBe('')
  await eventually(async () => {
    const [now] = await paired()
    expect(now?.painted?.pulse).toBeGreaterThan(one?.painted?.pulse ?? 0)
    expect(now?.latency).not.toBeNull()
  })
})

test('what the console draws small is what the wall has in its own document', async () => {
  const { page } = screens[0] as (typeof screens)[number]
  const [one] = await paired()
  const words = await eventually(async () => {
    const seen = (await (await fetch(new URL(`api/screens/${one?.id}/look`, system.url), { headers })).json()) as Look
    const texts = seen.drawn.flatMap((each) => (each[0] === 't' ? [each[6]] : []))
    expect([seen.board, seen.width, seen.more]).toEqual(['interchange', 1920, false])
    expect(texts.length).toBeGreaterThan(30)
    return texts
  })
  // A word written over on the glass, and nowhere else, is what the console shows.
  expect(words).toContain('Văn bản liên thông hôm nay')
  const wall = page.locator('ops-showing h1')
  await wall.evaluate((element) => {
    for (const node of element.childNodes) if (node instanceof Text) node.data = 'SƠN LẠI'
  })
  await eventually(async () =>
    expect(await desk.locator('ops-miniature').first().locator('svg').textContent()).toContain('SƠN LẠI'),
  )
})

/** How a wall is laid out: its language, light and type, and where its panels stand on the board. */
const layoutOf = (on: Page | Frame) =>
  on.evaluate(() => {
    const all = (root: Document | ShadowRoot, selector: string): Element[] => [
      ...root.querySelectorAll(selector),
      ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? all(one.shadowRoot, selector) : [])),
    ]
    const from = all(document, 'ops-board')[0]?.getBoundingClientRect()
    const { lang, dataset } = document.documentElement
    return {
      ...{ lang, light: dataset.light ?? 'day', type: getComputedStyle(document.documentElement).fontSize },
      panels: all(document, 'ops-panel').map((panel) => {
        const { left, top, width, height } = panel.getBoundingClientRect()
        return [left - (from?.left ?? 0), top - (from?.top ?? 0), width, height].map((pixels) => Math.round(pixels))
      }),
    }
  })

test('what is previewed is what is taken: the size, type, light and language of the screens that will show it', async () => {
  const room = desk.locator('[data-group=room]')
  await room.locator('select[name=scene]').selectOption('second')
  await room.locator('button.preview').click()
  const preview = await eventually(async () => {
    const frame = desk.frames().find((one) => one.url().includes('/wall/incidents'))
    if (!frame) throw new Error('nothing is previewed')
    expect(await frame.locator('ops-panel article').count()).toBeGreaterThan(3)
    // Before it has heard the server's time it does not know which way round it is to be.
    expect(await frame.locator('ops-wall').evaluate((wall) => wall.style.getPropertyValue('--orbit'))).not.toBe('')
    return layoutOf(frame)
  })
  if (process.env.PICTURE) await desk.screenshot({ path: process.env.PICTURE, fullPage: true })
  await room.locator('button.take').click()
  await bothPaint('incidents')
  for (const { page } of screens)
    await eventually(async () => {
      expect(await page.locator('ops-showing').count()).toBe(1)
      expect(await layoutOf(page)).toEqual(preview)
    })
  // Larger than a screen of that size has it without a profile.
  expect(Number.parseFloat(preview.type)).toBeGreaterThan(20)
  await eventually(async () => expect(await room.locator('ops-preview').count()).toBe(0))
  await room.locator('button.undo').click()
  await bothPaint('interchange')
})

test('whoever has no key, or one that may not direct, sees all of it and nothing to press', async () => {
  const page = await (await open.browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  hear(page)
  for (const [address, said] of [
    ['director', 'chưa có khóa'],
    [`director?key=${OPERATOR}`, 'khóa “truc” không có quyền direct'],
  ] as const) {
    await page.goto(`${system.url}${address}`)
    await eventually(async () => {
      expect(await page.locator('.screen[data-state=live]').count()).toBe(2)
      expect(await page.locator('main [role=status]').allTextContents()).toContainEqual(expect.stringContaining(said))
    })
    expect(await page.locator('main button, main form').count()).toBe(0)
  }
  await page.context().close()
})

/** The places in which a screen's browser keeps something; that of what it was told with the board it was told of. */
const keptBy = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const asked = indexedDB.open('keyval-store')
        asked.onsuccess = () => {
          const store = asked.result.transaction('keyval').objectStore('keyval')
          const [all, told] = [store.getAllKeys(), store.get('screen')]
          told.onsuccess = () =>
            resolve(
              all.result.map((key) =>
                key === 'screen' ? `screen ${told.result?.board}` : (String(key).split(' of ')[0] ?? ''),
              ),
            )
        }
      }),
  )

test('a screen that may show less keeps nothing else, shows why, and is not called lost', async () => {
  const [one] = await bothPaint('interchange')
  const { page } = screens[one?.paired?.name === 'Màn 1' ? 0 : 1] as (typeof screens)[number]
  await eventually(async () =>
    expect(await keptBy(page)).toEqual(expect.arrayContaining(['screen interchange', 'wall interchange'])),
  )
  const { name, group, place } = one?.paired ?? {}
  const say = (boards: readonly string[] | null) =>
    post('api/directing', { act: 'change', screen: one?.id, name, group, place, boards })
  await say(['incidents'])
  await eventually(async () => {
    const found = (await paired()).find(({ id }) => id === one?.id)
    expect(found).toMatchObject({ state: 'message', message: { vi: expect.stringContaining('không được phép') } })
    expect(await page.locator('.alone').textContent()).toBe(found?.message?.vi)
    expect((await keptBy(page)).filter((key) => key.includes('interchange'))).toEqual([])
    expect((await keptBy(page)).filter((key) => key.includes('country'))).toEqual([])
  })
  await eventually(async () => expect(await desk.locator('.screen[data-state=message] [data-message]').count()).toBe(1))
  await say(null)
  await bothPaint('interchange')
})

test('a scene that is taken comes on both screens with the same pulse; undo brings back what was', async () => {
  const room = desk.locator('[data-group=room]')
  await room.locator('select[name=scene]').selectOption('second')
  await room.locator('button.take').click()
  await bothPaint('incidents')
  const flip = await eventually(async () => {
    const found = (await all()).groups.find(({ id }) => id === 'room')?.flip
    expect(found?.screens).toBe(2)
    return found
  })
  expect(flip?.pulses).toBe(1)
  await room.locator('button.undo').click()
  await bothPaint('interchange')
  const acts = (await all()).acts.map(({ act, by }) => [act, by])
  expect(acts.slice(0, 2)).toEqual([
    ['undone', 'dao-dien'],
    ['took', 'dao-dien'],
  ])
  await eventually(async () => expect(await desk.locator('.journal li').first().textContent()).toContain('dao-dien'))
})

test('an incident takes over by its severity and gives back by itself; a lock keeps it off', async () => {
  const drill = (await post('api/acts', {
    act: 'drill',
    title: 'Mất kết nối',
    severity: 'critical',
    roles: ['duty'],
  })) as {
    readonly incident: { readonly id: string }
  }
  await bothPaint('country')
  await eventually(async () =>
    expect(await desk.locator('[data-group=room] .air').getAttribute('data-why')).toBe('incident'),
  )
  await post('api/directing', { act: 'take', group: 'room', scene: 'second', locked: true })
  await bothPaint('incidents')
  await eventually(async () =>
    expect((await all()).groups.find(({ id }) => id === 'room')?.heldOff?.vi).toContain('Mất kết nối'),
  )
  await post('api/directing', { act: 'undo', group: 'room' })
  await bothPaint('country')
  await post('api/acts', { act: 'close', incident: drill.incident.id, reason: 'xong diễn tập' })
  await bothPaint('interchange')
})

test('the console keeps to the accessibility rules at a desk and on a phone, and nothing is wider than a phone', async () => {
  expect(await violations(desk)).toEqual([])
  await desk.setViewportSize({ width: 390, height: 844 })
  expect(await desk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await violations(desk)).toEqual([])
  await desk.setViewportSize({ width: 1366, height: 768 })
})

test('so do a paired screen, the duty list on a phone, and the pages of the API', async () => {
  const { page } = screens[0] as (typeof screens)[number]
  // What was on before is taken away a second after a flip.
  await eventually(async () => expect(await page.locator('ops-showing').count()).toBe(1))
  expect(await violations(page)).toEqual([])
  const phone = await desk.context().newPage()
  hear(phone)
  await phone.setViewportSize({ width: 390, height: 844 })
  await phone.goto(`${system.url}duty`)
  await phone.locator('ops-duty header[data-pulse]').waitFor()
  expect(await violations(phone)).toEqual([])
  for (const language of ['vi', 'en']) {
    await phone.goto(`${system.url}api?lang=${language}`)
    expect(await violations(phone)).toEqual([])
  }
  await phone.close()
})

test('a renderer that stands still is said within five seconds, and said to paint again', async () => {
  const { page } = screens[0] as (typeof screens)[number]
  const [one] = await paired()
  await page.evaluate(() => {
    const frame = window.requestAnimationFrame
    Object.assign(window, {
      requestAnimationFrame: () => 0,
      thaw: () => Object.assign(window, { requestAnimationFrame: frame }),
    })
  })
  const frozen = async () => (await paired()).find(({ id }) => id === one?.id)
  await eventually(async () => expect((await frozen())?.state).toBe('frozen'))
  await eventually(async () => expect(await desk.locator('.screen[data-state=frozen]').count()).toBe(1))
  await page.reload()
  await bothPaint('interchange')
})

test('a server that starts again still knows its screens; a key that is taken away sends its screen back to a code', async () => {
  const pid = system.pid('serve')
  process.kill(pid, 'SIGKILL')
  await eventually(() => expect(system.pid('serve')).not.toBe(pid))
  const [one] = await bothPaint('interchange')
  const { page } = screens[one?.paired?.name === 'Màn 1' ? 0 : 1] as (typeof screens)[number]
  await post('api/directing', { act: 'revoke', screen: one?.id })
  await eventually(async () => expect(await codeOn(page).count()).toBe(1))
  expect((await paired()).map(({ id }) => id)).not.toContain(one?.id)
  // Nothing of what it showed is left in its browser.
  await eventually(async () => expect(await keptBy(page)).toEqual([]))
})

test('nothing of it broke the content security policy or threw', () => {
  expect(faults).toEqual([])
})
