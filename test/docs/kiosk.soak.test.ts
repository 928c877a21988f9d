/** docs/kiosk/toan-canh-kiosk on a paired screen in a real browser: a page that crashes, one that freezes, a browser that is killed, a start while the server is away; each draws again by itself. Needs Python 3, as kiosks have. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launched } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { ROOT } from '../support/root.ts'
import { openStage, type Stage } from '../support/stage.ts'

const python = spawnSync('python3', ['--version']).status === 0
let stage: Stage
let kiosk: ChildProcess
let said = ''
const home = mkdtempSync(join(tmpdir(), 'toan-canh-kiosk-'))

interface Running {
  readonly pid: number
  readonly group: number
  readonly args: string
}

/** Every process of the machine; what ends while it is read is left out. */
function processes(): readonly Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const [, , group] = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')
        return [{ pid: Number(name), group: Number(group), args }]
      } catch {
        return []
      }
    })
}
const browser = () =>
  processes().find(({ pid, group, args }) => pid === group && args.includes(`--user-data-dir=${home}`))
const renderer = () => {
  const own = browser()
  return processes().find(({ group, args }) => group === own?.pid && args.includes('--type=renderer'))
}

/** Until a page says that it painted what it had not said before. */
async function draws(): Promise<void> {
  const before = stage.reports.length
  await eventually(() => expect(stage.reports.length).toBeGreaterThan(before + 1))
}

describe.skipIf(!python)('the kiosk', () => {
  beforeAll(async () => {
    stage = await openStage()
    stage.beat(true)
    const { executablePath, args, env } = await launched(home)
    kiosk = spawn('python3', [join(ROOT, 'docs/kiosk/toan-canh-kiosk')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...env,
        ...{ URL: `${stage.url}/screen`, PROFILE: home, CHROMIUM: executablePath },
        MORE: ['--headless=new', ...args].map((one) => `'${one}'`).join(' '),
      },
    })
    kiosk.stderr?.on('data', (text) => {
      said += String(text)
    })
    await draws()
  }, 120_000)
  afterAll(async () => {
    const gone = new Promise((left) => kiosk?.once('exit', left))
    kiosk?.kill('SIGTERM')
    await gone
    await stage?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  test('a page whose process ends is loaded again', async () => {
    const crashed = renderer()
    process.kill(crashed?.pid ?? 0, 'SIGKILL')
    await eventually(() => expect(said).toContain('crashed'))
    await draws()
  })

  test('a page that answers nothing: the browser is started again', async () => {
    const [before, frozen] = [browser(), renderer()]
    process.kill(frozen?.pid ?? 0, 'SIGSTOP')
    await eventually(() => expect(said).toContain('does not answer'))
    await draws()
    expect(browser()?.pid).not.toBe(before?.pid)
  })

  test('a browser that is killed is started again, and a server that went and came back is no reason to', async () => {
    const before = browser()
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await eventually(() => expect(said).toContain('the browser has ended'))
    await draws()
    const now = browser()
    await stage.down()
    await stage.up()
    await draws()
    expect(browser()?.pid).toBe(now?.pid)
  })

  test('a browser that is started while the server is away shows the last picture with its age', async () => {
    // Another picture, ten seconds of the server later, is the one that is kept.
    const round = stage.round + 12
    await eventually(() => expect(stage.round).toBeGreaterThan(round), 60_000)
    await draws()
    await stage.down()
    const before = browser()
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await eventually(() => expect(browser()?.pid ?? before?.pid).not.toBe(before?.pid), 60_000)
    await eventually(async () => {
      const [port] = readFileSync(join(home, 'DevToolsActivePort'), 'utf8').split('\n')
      const looked = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
      try {
        const [page] = looked.contexts()[0]?.pages() ?? []
        const said = await page?.locator('header.stalled .lost').textContent({ timeout: 2000 })
        expect(said).toMatch(/hình cuối cùng lúc/)
      } finally {
        await looked.close()
      }
    }, 60_000)
    await stage.up()
    await draws()
  })
})
