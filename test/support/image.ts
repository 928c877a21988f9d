/** A file system in a file, whose power can be cut at any instant: what was not forced to the device is gone. Needs root and loop devices. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Image {
  /** Where it is mounted. */
  readonly folder: string
  /**
   * Cuts the power: from this instant nothing more reaches the device, neither data nor journal; what waited in memory is dropped.
   * Whoever uses the folder only meets errors then, and must be gone before `restore`.
   */
  cut(): void
  /** Brings the power back: mounts what is on the device, its journal replayed. */
  restore(): void
  stop(): void
}

const run = (command: string, ...args: readonly string[]) => execFileSync(command, args, { stdio: 'pipe' })

/** Makes an ext4 of so many MiB and mounts it. Errors: what mkfs or mount says, where they are not allowed. */
export function startImage(mib: number): Image {
  const place = mkdtempSync(join(tmpdir(), 'toan-canh-image-'))
  const [file, folder] = [join(place, 'image'), join(place, 'mounted')]
  mkdirSync(folder)
  run('truncate', '-s', `${mib}M`, file)
  run('mkfs.ext4', '-q', file)
  const mount = () => run('mount', '-o', 'loop', file, folder)
  mount()
  return {
    folder,
    // The journal is given up as after a broken device: pages that are dirty are never written.
    cut: () => void run('mount', '-o', 'remount,abort', folder),
    restore() {
      run('umount', folder)
      mount()
    },
    stop() {
      run('umount', folder)
      rmSync(place, { recursive: true, force: true })
    },
  }
}
