/** The control of the kill test: a collecting process whose outbox acknowledges before anything is on disk. Must lose data when killed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Disk, disk } from '../../collectors/disk.ts'
import { startCollectors } from '../../collectors/start.ts'
import { loadCatalogue } from '../../server/catalogue/load.ts'
import { openMemory } from '../../server/catalogue/memory.ts'
import { createLog } from '../../server/log.ts'
import { readSettings, variable } from '../../server/settings.ts'
import { connect } from '../../server/store/connect.ts'
import { append } from '../../server/store/observations.ts'

const read = readSettings()
if (!read.ok) throw new Error('settings')
const { settings } = read
const declared = openMemory(join(settings.data, 'declarations.json'))
const { catalogue } = loadCatalogue(settings.dashboards, { variable, mode: settings.mode, memory: declared })
const store = connect({ url: settings.clickhouse ?? '', now: Date.now })

/** Batches live in memory only; everything else is on the real disk. */
const memory = new Map<string, string>()
const inOutbox = (path: string) => path.includes('/outbox')
const forgetful: Disk = {
  ...disk,
  list: async (path) =>
    inOutbox(path) ? [...memory.keys()].map((name) => name.slice(path.length + 1)).sort() : disk.list(path),
  read: async (path) => (inOutbox(path) ? (memory.get(path) ?? null) : disk.read(path)),
  writeSynced: async (path, text) => (inOutbox(path) ? void memory.set(path, text) : disk.writeSynced(path, text)),
  move: async (from, to) => {
    if (!inOutbox(from)) return disk.move(from, to)
    memory.set(to, memory.get(from) ?? '')
    memory.delete(from)
  },
  syncFolder: async (path) => (inOutbox(path) ? undefined : disk.syncFolder(path)),
  remove: async (path) => (inOutbox(path) ? void memory.delete(path) : disk.remove(path)),
}

/** The file in the data folder that tells it to begin: what it acknowledges is to be lost, so the store is stopped before. */
const BEGIN = 'begin'

const begin = () =>
  startCollectors({
    catalogue,
    folder: join(settings.data, 'collect'),
    deliver: async (batches) => void (await append(store, ...batches)),
    now: Date.now,
    log: createLog('collect'),
    schedule: true,
    disk: forgetful,
  })
const waiting = setInterval(() => {
  if (!existsSync(join(settings.data, BEGIN))) return
  clearInterval(waiting)
  begin()
}, 50)
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
