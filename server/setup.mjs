/** The body of `npm start | test | verify | backup | restore | doctor | held | source | incident | gallery | bench | soak`: installs and builds what is missing, then runs. Node built-ins only. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// No import.meta.dirname here: an older Node must come as far as the sentence about its version.
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const LEAST = [20, 19]
const INSTALLED = join(ROOT, 'node_modules', '.toan-canh-lock')
const BUILT = join(ROOT, 'build', '.stamp')
const SOURCES = [
  'kpi',
  'collectors',
  'server',
  'client',
  'test',
  'dashboards/map',
  'tsconfig.json',
  'package-lock.json',
]

const english = process.env.LANGUAGE === 'en'
const tell = (vi, en) => process.stdout.write(`${english ? en : vi}\n`)

/** @returns {never} */
function giveUp(vi, en, code = 78) {
  process.stderr.write(`${english ? en : vi}\n`)
  process.exit(code)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return
  giveUp(
    `Cần Node.js từ ${LEAST.join('.')}, máy này có ${process.versions.node}; hãy cài bản mới từ nodejs.org.`,
    `Node.js ${LEAST.join('.')} or newer is needed, this machine has ${process.versions.node}; install a newer one from nodejs.org.`,
  )
}

const hashOf = (text) => createHash('sha256').update(text).digest('hex')
const readOr = (file, otherwise) => (existsSync(file) ? readFileSync(file, 'utf8') : otherwise)

/** Runs a tool to its end with its output visible. */
function run(command, args, vi, en) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0)
    giveUp(`${vi}${error ? ` (${error.message})` : ''}`, `${en}${error ? ` (${error.message})` : ''}`, 1)
}

/** Installs exactly the lock file when `node_modules` is missing or older than it. */
function install() {
  const wanted = hashOf(readFileSync(join(ROOT, 'package-lock.json')))
  if (readOr(INSTALLED, '') === wanted) return
  tell('Đang cài các gói theo package-lock.json…', 'Installing the packages of package-lock.json…')
  run(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund'],
    'Không cài được các gói; hãy kiểm tra kết nối tới kho gói npm rồi chạy lại.',
    'The packages cannot be installed; check the connection to the npm registry and run this again.',
  )
  writeFileSync(INSTALLED, wanted)
}

/** Names, sizes and times of all sources, as one hash. */
function fingerprint() {
  const lines = []
  const walk = (path) => {
    const { size, mtimeMs } = statSync(join(ROOT, path))
    lines.push(`${path} ${size} ${mtimeMs}`)
  }
  for (const source of SOURCES) {
    const path = join(ROOT, source)
    if (!existsSync(path)) continue
    if (statSync(path).isFile()) walk(source)
    else {
      for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
        const parent = (entry.parentPath ?? entry.path).slice(ROOT.length + 1)
        if (entry.isFile() && !parent.includes('node_modules')) walk(join(parent, entry.name))
      }
    }
  }
  return hashOf(lines.sort().join('\n'))
}

/** Builds the processes (tsc) and the screens (vite) unless `build/` is what the sources say. */
export function build() {
  const wanted = fingerprint()
  if (readOr(BUILT, '') === wanted) return
  tell('Đang dựng các tiến trình…', 'Building the processes…')
  rmSync(BUILT, { force: true })
  // What is no source any more is no test either.
  rmSync(join(ROOT, 'build', 'test'), { recursive: true, force: true })
  const bin = (name) => join(ROOT, 'node_modules', '.bin', name)
  // Types are checked by `npm run typecheck`, not at every start.
  run(bin('tsc'), ['-p', 'tsconfig.json', '--noCheck'], 'Mã nguồn không dịch được.', 'The sources do not compile.')
  tell('Đang dựng giao diện…', 'Building the screens…')
  run(
    bin('vite'),
    ['build', 'client', '--logLevel', 'warn'],
    'Giao diện không dựng được.',
    'The screens cannot be built.',
  )
  mkdirSync(join(ROOT, 'build'), { recursive: true })
  writeFileSync(BUILT, wanted)
}

/** Runs a program in this process group to its end; Ctrl-C reaches it by itself, other signals are passed on. */
function become(file, args, env = process.env, flags = []) {
  const child = spawn(process.execPath, [...flags, file, ...args], { cwd: process.cwd(), stdio: 'inherit', env })
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => giveUp(error.message, error.message, 1))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(each)
    process.kill(process.pid, signal)
  })
}

const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
/** Tests run as they are built, whichever way their files are named. */
const tests = (args) => [
  'run',
  '--config',
  join(ROOT, 'build/test/vitest.config.js'),
  ...args.map((arg) => arg.replace(/\.ts$/, '.js')),
]
const COMMANDS = {
  start: (args) => become(join(ROOT, 'build/server/supervise.js'), args),
  verify: (args) => become(join(ROOT, 'build/server/catalogue/verify.js'), args),
  backup: (args) => become(join(ROOT, 'build/server/care/main.js'), ['backup', ...args]),
  restore: (args) => become(join(ROOT, 'build/server/care/main.js'), ['restore', ...args]),
  doctor: (args) => become(join(ROOT, 'build/server/care/main.js'), ['doctor', ...args]),
  held: (args) => become(join(ROOT, 'build/server/care/main.js'), ['held', ...args]),
  source: (args) => become(join(ROOT, 'build/server/care/main.js'), ['source', ...args]),
  incident: (args) => become(join(ROOT, 'build/server/care/main.js'), ['incident', ...args]),
  gallery: (args) => become(join(ROOT, 'build/test/browser/pictures.js'), args),
  bench: (args) =>
    // With the room that a server has (`server/room.ts`).
    become(join(ROOT, 'build/test/bench/main.js'), args, { ...process.env, COUNTRY_URL: 'http://127.0.0.1:1' }, [
      '--max-semi-space-size=32',
      '--initial-old-space-size=128',
    ]),
  test: (args) => become(VITEST, tests(args)),
  soak: (args) => become(VITEST, tests(args), { ...process.env, SOAK: '1' }),
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  checkNode()
  const [name = '', ...args] = process.argv.slice(2)
  const command = COMMANDS[name]
  if (command === undefined) {
    const names = Object.keys(COMMANDS).join(' | ')
    giveUp(`Cách dùng: node server/setup.mjs ${names}`, `Usage: node server/setup.mjs ${names}`)
  }
  install()
  build()
  command(args)
}
