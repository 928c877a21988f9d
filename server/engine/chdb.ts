/** Opens chDB on a folder: several connections of one engine, each answering one statement at a time. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Text } from '../../kpi/text.ts'
import { ENGINE_ALLOCATOR } from '../room.ts'
import { unlessSaid } from '../settings.ts'
import { type Holder, holderOf } from './holder.ts'

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

function locked(folder: string, holder: Holder | null): CannotOpen {
  // Where the kernel does not show that process (another container), its number is 0.
  const name = holder?.title ? `${holder.pid} (${holder.title})` : null
  return new CannotOpen({
    vi: `Thư mục dữ liệu ${folder} đang được ${name === null ? 'một tiến trình khác' : `tiến trình ${name}`} dùng; hãy dừng tiến trình đó hoặc đặt DATA là thư mục khác.`,
    en: `The data folder ${folder} is in use by ${name === null ? 'another process' : `process ${name}`}; stop that process or set DATA to another folder.`,
  })
}

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
  let holder = holderOf(store)
  for (let waited = 0; holder !== null; holder = holderOf(store)) {
    if (waited >= PATIENCE) throw locked(folder, holder)
    await pause(100)
    waited += 100
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
    holder = holderOf(store)
    if (holder !== null) throw locked(folder, holder)
    throw new CannotOpen({
      vi: `Không mở được kho dữ liệu ${store} (${String(cause)}); hãy khôi phục từ bản sao lưu hoặc đặt DATA là thư mục khác.`,
      en: `The store ${store} cannot be opened (${String(cause)}); restore it from a backup or set DATA to another folder.`,
    })
  }
  return connect
}
