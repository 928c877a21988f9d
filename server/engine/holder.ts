/** Who holds the store's lock, told by the kernel: whom to stop before the folder can be opened. */
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'

export interface Holder {
  readonly pid: number
  /** What it calls itself, or the command that started it. */
  readonly title: string
}

const OURS = /^toan-canh |\/care\/main\.js /

/** The process to stop so that `store` is free; null where nobody holds it or the kernel does not tell. */
export function holderOf(store: string): Holder | null {
  try {
    const { dev, ino } = statSync(`${store}/status`)
    const hex = (n: number) => n.toString(16).padStart(2, '0')
    const major = ((dev >> 8) & 0xfff) | 0
    const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00)
    const place = ` ${hex(major)}:${hex(minor)}:${ino} `
    const lock = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .find((line) => line.includes(place))
    return lock === undefined ? null : toStop(Number(/(\d+) [\da-f]+:/.exec(lock)?.[1]))
  } catch {
    return null
  }
}

/** Whoever runs an engine starts it again when it is gone: then that one is to be stopped. Errors: none; what is gone meanwhile has no title. */
function toStop(pid: number): Holder {
  const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1])
  const title = commandOf(parent)
  return OURS.test(`${title} `) ? { pid: parent, title } : { pid, title: commandOf(pid) }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function commandOf(pid: number): string {
  const [program = '', ...args] = read(`/proc/${pid}/cmdline`).split('\0')
  return [basename(program), ...args].join(' ').trim().slice(0, 80)
}
