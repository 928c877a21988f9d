/** Opens chDB on a folder: several connections of one engine, each answering one statement at a time. */
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Text } from '../../kpi/text.ts'
import { ENGINE_ALLOCATOR } from '../room.ts'
import { unlessSaid } from '../settings.ts'

export interface Answer {
  readonly bytes: Uint8Array
  readonly rowsRead: number
  readonly bytesRead: number
}

export interface Connection {
  /** Runs one statement; rejects with the engine's own wording. Never call it again before it has settled. */
  ask(sql: string, format: string): Promise<Answer>
  close(): void
}

/** Why the engine cannot start, with the remedy. */
export class CannotOpen extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

/** How long a leaving predecessor may still hold the folder, milliseconds. */
const PATIENCE = 6000

/** Whether another process holds the lock of the store; false where the kernel does not tell. */
function isLocked(store: string): boolean {
  try {
    const { dev, ino } = statSync(join(store, 'status'))
    const hex = (n: number) => n.toString(16).padStart(2, '0')
    const major = ((dev >> 8) & 0xfff) | 0
    const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00)
    const place = ` ${hex(major)}:${hex(minor)}:${ino} `
    return readFileSync('/proc/locks', 'utf8').includes(place)
  } catch {
    return false
  }
}

const locked = (folder: string) =>
  new CannotOpen({
    vi: `Thư mục dữ liệu ${folder} đang được một tiến trình khác dùng; hãy dừng tiến trình đó hoặc đặt DATA là thư mục khác.`,
    en: `The data folder ${folder} is in use by another process; stop that process or set DATA to another folder.`,
  })

function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch {
    throw new CannotOpen({
      vi: `Không ghi được vào thư mục dữ liệu ${folder}; hãy cấp quyền ghi hoặc đặt DATA là thư mục khác.`,
      en: `The data folder ${folder} cannot be written; grant write permission or set DATA to another folder.`,
    })
  }
}

async function load() {
  unlessSaid(ENGINE_ALLOCATOR.name, ENGINE_ALLOCATOR.value)
  try {
    return await import('chdb')
  } catch {
    throw new CannotOpen({
      vi: `Gói chdb không có cho ${process.platform}-${process.arch}; hãy đặt CLICKHOUSE là địa chỉ một máy chủ ClickHouse, hoặc chạy npm ci trên Linux x64.`,
      en: `The chdb package is not there for ${process.platform}-${process.arch}; set CLICKHOUSE to the address of a ClickHouse server, or run npm ci on Linux x64.`,
    })
  }
}

/**
 * Opens the store in `folder` and gives a function that makes further connections to it.
 * Errors: CannotOpen when the folder is locked, not writable, broken, or chdb is missing.
 */
export async function openStore(folder: string): Promise<() => Connection> {
  makeWritable(folder)
  const store = join(folder, 'store')
  const { Session } = await load()
  for (let waited = 0; isLocked(store); waited += 100) {
    if (waited >= PATIENCE) throw locked(folder)
    await pause(100)
  }
  const connect = (): Connection => {
    const session = new Session(store)
    return {
      ask: async (sql, format) => {
        const asked = session.queryAsync(sql, { format })
        // What a failed statement had already put out stands at the head of the next answer: rinse it away.
        const result = await asked.catch(async (cause: unknown) => {
          await session.queryAsync('SELECT 1', { format: 'Null' }).catch(() => undefined)
          throw cause
        })
        return { bytes: result.bytes(), rowsRead: result.rowsRead, bytesRead: result.bytesRead }
      },
      close: () => session.close(),
    }
  }
  try {
    connect().close()
  } catch (cause) {
    if (isLocked(store)) throw locked(folder)
    throw new CannotOpen({
      vi: `Không mở được kho dữ liệu ${store} (${String(cause)}); hãy khôi phục từ bản sao lưu hoặc đặt DATA là thư mục khác.`,
      en: `The store ${store} cannot be opened (${String(cause)}); restore it from a backup or set DATA to another folder.`,
    })
  }
  return connect
}
