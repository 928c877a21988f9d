/** The embedded ClickHouse as a process of its own: opens the data folder, listens on loopback, leaves in order. */
import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Language } from '../../kpi/text.ts'
import { complain, createLog, say } from '../log.ts'
import { BAD_CONFIGURATION, readSettings } from '../settings.ts'
import { placeBallast } from './ballast.ts'
import { CannotOpen, openStore } from './chdb.ts'
import { emptied } from './native.ts'
import { openPool } from './pool.ts'
import { createEngineServer } from './serve.ts'
import { leaveWord, WORD } from './word.ts'

const DATABASE = 'toan_canh'
/** How long a running statement may take to die before the process leaves without it, milliseconds. */
const LEAVE = 2500
const CHECK_DISK = 10_000

function giveUp(sentences: readonly string[]): never {
  for (const sentence of sentences) complain(sentence)
  process.exit(BAD_CONFIGURATION)
}

process.title = 'toan-canh engine'
const log = createLog('engine')
const read = readSettings()
if (!read.ok) giveUp(read.problems.map((problem) => problem.message[read.language]))
const { data, enginePort, engineKey, language } = read.settings
if (engineKey === undefined) {
  giveUp([
    language === 'vi'
      ? 'Thiếu ENGINE_KEY; hãy đặt một khoá ít nhất 16 ký tự.'
      : 'ENGINE_KEY is missing; set a key of at least 16 characters.',
  ])
}

const connect = await openStore(data).catch((cause: unknown) => {
  if (cause instanceof CannotOpen) return giveUp([cause.text[language]])
  throw cause
})
const ballast = await placeBallast(data, log)
/** Characters by which a statement is told. */
const TOLD = 300
const told = (sql: string) => sql.trim().slice(0, TOLD)
const pool = await openPool(connect, DATABASE, {
  slow: ({ purpose, sql }, seconds, known) =>
    log.warn({
      vi: `một câu lệnh (${purpose}) chạy đã ${seconds} giây chưa xong: ${told(sql)} (đang chạy: ${known})`,
      en: `a statement (${purpose}) has been running for ${seconds} seconds: ${told(sql)} (under way: ${known})`,
    }),
  stuck: ({ purpose, sql }, seconds, known) => {
    log.error({
      vi: `một câu lệnh (${purpose}) chạy đã ${seconds} giây, quá mọi giới hạn; kho dữ liệu khởi động lại, không mất gì: ${told(sql)} (đang chạy: ${known})`,
      en: `a statement (${purpose}) has been running for ${seconds} seconds, past all limits; the store starts again, nothing is lost: ${told(sql)} (under way: ${known})`,
    })
    process.kill(process.pid, 'SIGKILL')
  },
})
const server = createEngineServer({ key: engineKey, database: DATABASE, pool, ballast, incoming: emptied(data) })
const diskWatch = setInterval(() => void ballast.check(), CHECK_DISK)

let isLeaving = false
/** Closes within three seconds whatever runs; a statement that does not die is left to kill -9, which loses nothing stored. */
function leave(): void {
  if (isLeaving) return
  isLeaving = true
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LEAVE).unref()
  clearInterval(diskWatch)
  server.close()
  void pool.close().then(() => {
    rmSync(join(data, WORD), { force: true })
    process.exit(0)
  })
}

const busy = (port: number, inLanguage: Language) =>
  inLanguage === 'vi'
    ? `Cổng ENGINE_PORT=${port} đang bận; hãy chọn cổng khác hoặc bỏ ENGINE_PORT.`
    : `The port ENGINE_PORT=${port} is busy; choose another one or unset ENGINE_PORT.`

// To end as Node does would wait for the statements under way, for ever where they have no end, and then take the engine's memory down below its threads.
process.on('uncaughtException', (fault) => {
  log.error({ vi: 'lỗi của chính chương trình', en: 'a fault of our own' }, fault)
  process.kill(process.pid, 'SIGKILL')
})
// The terminal sends Ctrl-C to the whole group: the supervisor decides who leaves when.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', leave)
process.on('disconnect', leave)
if (process.send !== undefined && !process.connected) leave()
server.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EADDRINUSE') giveUp([busy(enginePort, language)])
  log.error({ vi: 'kho dữ liệu không mở được cổng', en: 'the engine cannot listen' }, cause)
  process.exit(1)
})
server.listen(enginePort, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/${DATABASE}`
  leaveWord(data, `http://default:${engineKey}@127.0.0.1:${port}/${DATABASE}`)
  if (process.send !== undefined) process.send({ ready: true, port, url })
  else say(url)
})
