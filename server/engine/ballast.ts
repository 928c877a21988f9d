/** A file of dead weight in the data folder: dropped when the disk is full, so that DROP and merges have room to work. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../../kpi/log.ts'

const MIB = 1024 * 1024
/** Weight of the ballast, bytes. */
export const WEIGHT = 64 * MIB

export interface Ballast {
  /** False from the moment the disk was full until there is room again: rows are not taken then. */
  readonly inPlace: () => boolean
  /** Gives the room back to the store. */
  drop(): void
  /** Puts it back once twice its weight is free. */
  check(): Promise<void>
}

const freeIn = async (folder: string) => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

function fill(file: string): void {
  const handle = openSync(file, 'w')
  try {
    const block = Buffer.alloc(4 * MIB, 0xb5)
    for (let written = 0; written < WEIGHT; written += block.length) writeSync(handle, block)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Puts the ballast into `folder` if there is room. `free` gives the free bytes there. */
export async function placeBallast(
  folder: string,
  log: Log,
  free: (folder: string) => Promise<number> = freeIn,
): Promise<Ballast> {
  const file = join(folder, 'ballast')
  let full = false
  const whole = () => existsSync(file) && statSync(file).size === WEIGHT
  const check = async () => {
    if (whole() || (await free(folder)) < 2 * WEIGHT) return
    try {
      fill(file)
      if (full)
        log.info({ vi: 'đĩa lại có chỗ: nhận số liệu trở lại', en: 'there is room on the disk again: rows are taken' })
      full = false
    } catch (cause) {
      rmSync(file, { force: true })
      log.warn({ vi: 'chưa dựng lại được ballast', en: 'cannot put the ballast back' }, cause)
    }
  }
  await check()
  return {
    inPlace: () => !full,
    drop: () => {
      if (full) return
      full = true
      log.error({
        vi: `đĩa đầy: ${file} được bỏ để kho còn dọn được; số liệu chờ tới khi có chỗ`,
        en: `the disk is full: ${file} is dropped so that the store can be cleaned; rows wait until there is room`,
      })
      rmSync(file, { force: true })
    },
    check,
  }
}
