/** Watches the declarations while the system runs: the last good catalogue stays, and what is wrong is handed on. */
import { watch } from 'node:fs'
import { resolve } from 'node:path'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Declarations, findDeclarations } from './files.ts'
import { joinDeclarations, type Loaded, type LoadOptions } from './load.ts'

/** How long the files must hold still before they are read: editors write a file in several steps. Milliseconds. */
const STILL = 50

export interface WatchOptions extends LoadOptions {
  /** The catalogue in force, kept as long as the files have problems. */
  readonly current: Catalogue
}

function content({ found, problems, lock }: Declarations): string {
  return JSON.stringify([found.map(({ file, text }) => [file, text]), problems, lock])
}

/**
 * Calls `onChange` after every change of content, with the new catalogue or, while there are problems, the last good one.
 * Returns what stops the watching. Throws when the folder cannot be watched at all.
 */
export function watchCatalogue(folder: string, options: WatchOptions, onChange: (loaded: Loaded) => void): () => void {
  const root = resolve(folder)
  let good = options.current
  let told = content(findDeclarations(root))
  let timer: NodeJS.Timeout | undefined

  /** The declarations; null while a file comes or goes under our eyes. */
  function glance(): Declarations | null {
    try {
      return findDeclarations(root)
    } catch {
      return null
    }
  }
  function settle(before: string | null): void {
    const declarations = glance()
    const now = declarations ? content(declarations) : null
    if (declarations === null || now === null || now !== before) {
      timer = setTimeout(settle, STILL, now)
      return
    }
    timer = undefined
    if (now === told) return
    told = now
    const { catalogue, problems, locked } = joinDeclarations(declarations, options)
    if (problems.length === 0) good = catalogue
    onChange({ catalogue: good, problems, locked })
  }
  function wake(): void {
    timer ??= setTimeout(settle, STILL, null)
  }

  const watcher = watch(root, { recursive: true, persistent: false }, wake)
  watcher.on('error', (fault) => {
    const message = {
      vi: `không theo dõi được thay đổi trong ${root} (${fault.message}); khởi động lại để nhận bản khai mới`,
      en: `changes in ${root} can no longer be seen (${fault.message}); restart to take new declarations`,
    }
    onChange({ catalogue: good, problems: [{ place: `${root}:1:1`, field: '', message }], locked: [] })
  })
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}
