/** What is checked before anything starts: the port, the data folder, the disk. One sentence each, with the remedy. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { Text } from '../kpi/text.ts'
import { loadCatalogue } from './catalogue/load.ts'
import { openMemory } from './catalogue/memory.ts'
import { problemLine } from './catalogue/report.ts'
import { type Settings, variable } from './settings.ts'

/** Below this the disk counts as full, bytes. */
export const LEAST_FREE = 200 * 1024 * 1024

/** Opens a port for a moment. Resolves with its number (a free one for 0); rejects with the system's error. */
export function tryPort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo
      server.close(() => resolve(taken))
    })
  })
}

/** Whether the demonstration country is one of the processes. */
export const runsCountry = ({ mode, countryUrl, role }: Settings) =>
  mode === 'demo' && countryUrl === undefined && role !== 'serve'

/** Where something listens, and the settings that say so. */
interface Listening {
  readonly name: 'PORT' | 'ENGINE_PORT' | 'COUNTRY_PORT'
  readonly port: number
  readonly host: string
}

/** What the processes of this role listen on, each to be found free before any of them starts. */
function listening(settings: Settings): readonly Listening[] {
  const { port, host, enginePort, countryPort, clickhouse, role } = settings
  const loopback = '127.0.0.1'
  return [
    ...(role === 'collect' ? [] : [{ name: 'PORT', port, host } as const]),
    ...(clickhouse === undefined ? [{ name: 'ENGINE_PORT', port: enginePort, host: loopback } as const] : []),
    ...(!runsCountry(settings) ? [] : [{ name: 'COUNTRY_PORT', port: countryPort, host: loopback } as const]),
  ]
}

function portSentence({ name, port, host }: Listening, code: string | undefined): Text {
  if (code === 'EADDRINUSE') {
    return {
      vi: `Cổng ${port} đang bận; hãy dừng chương trình đang dùng cổng đó hoặc chọn cổng khác, ví dụ ${name}=${port + 1}.`,
      en: `Port ${port} is busy; stop the program that uses it or choose another one, for example ${name}=${port + 1}.`,
    }
  }
  if (code === 'EACCES') {
    return {
      vi: `Không được phép mở cổng ${port}; hãy chọn ${name} từ 1024 trở lên.`,
      en: `Port ${port} may not be opened; choose a ${name} of 1024 or more.`,
    }
  }
  return {
    vi: `Máy này không có địa chỉ HOST=${host} (${code}); hãy đặt HOST là một địa chỉ của máy hoặc bỏ HOST.`,
    en: `This machine has no address HOST=${host} (${code}); set HOST to one of its addresses or unset it.`,
  }
}

/** Step by step: where no folder may be made at all (/proc), Node's own recursive way never returns. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

async function folderProblem(data: string): Promise<Text | undefined> {
  try {
    makeFolder(data)
    const probe = join(data, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOSPC') return fullSentence(data, 0)
    return {
      vi: `Không ghi được vào thư mục dữ liệu ${data} (${code}); hãy cấp quyền ghi hoặc đặt DATA là thư mục khác.`,
      en: `The data folder ${data} cannot be written (${code}); grant write permission or set DATA to another folder.`,
    }
  }
  const { bavail, bsize } = await statfs(data)
  return bavail * bsize < LEAST_FREE ? fullSentence(data, bavail * bsize) : undefined
}

function fullSentence(data: string, free: number): Text {
  const mib = (bytes: number) => Math.floor(bytes / 1024 / 1024)
  return {
    vi: `Đĩa của ${data} chỉ còn ${mib(free)} MiB, cần ít nhất ${mib(LEAST_FREE)} MiB; hãy dọn bớt hoặc đặt DATA sang đĩa khác.`,
    en: `The disk of ${data} has only ${mib(free)} MiB left, at least ${mib(LEAST_FREE)} MiB are needed; free some space or set DATA to another disk.`,
  }
}

/** What is wrong in the declarations, each with its place; an address only known once the country runs counts as given. */
function declarationProblems(settings: Settings): readonly Text[] {
  const known = (name: string) => variable(name) ?? (name === 'COUNTRY_URL' ? 'http://127.0.0.1' : undefined)
  const memory = openMemory(join(settings.data, 'declarations.json'))
  const { problems } = loadCatalogue(settings.dashboards, { variable: known, mode: settings.mode, memory })
  return problems.map((problem) => ({ vi: problemLine(problem, 'vi'), en: problemLine(problem, 'en') }))
}

/** What stands in the way of a start, or nothing. The data folder is made if it is not there. */
export async function preflight(settings: Settings): Promise<readonly Text[]> {
  const ports = await Promise.all(
    listening(settings).map((one) =>
      tryPort(one.port, one.host).then(
        () => undefined,
        (cause: NodeJS.ErrnoException) => portSentence(one, cause.code),
      ),
    ),
  )
  const folder = await folderProblem(settings.data)
  return [
    ...[...ports, folder].filter((problem): problem is Text => problem !== undefined),
    ...declarationProblems(settings),
  ]
}
