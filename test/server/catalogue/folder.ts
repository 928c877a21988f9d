/** A temporary dashboards folder that holds a small sound catalogue, to be changed file by file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Loaded, loadCatalogue, type Mode } from '../../../server/catalogue/load.ts'

export type Files = Readonly<Record<string, string | null>>

/** Every kind of declaration once, without a mistake. */
export const SOUND = {
  'dimensions/unit.yaml': `title: { vi: Đơn vị, en: Unit }
members:
  - { id: group, name: { vi: Nhóm, en: Group }, members: [gia-lai-2025, ha-noi] }
  - id: gia-lai
    name: { vi: Gia Lai, en: Gia Lai }
    to: 2025-06-30
    successors: [gia-lai-2025]
    codes: [{ system: qd19, code: "64", to: 2025-06-30 }]
  - id: binh-dinh
    name: { vi: Bình Định, en: Binh Dinh }
    to: 2025-06-30
    successors: [gia-lai-2025]
    codes: [{ system: qd19, code: "52", to: 2025-06-30 }]
  - id: gia-lai-2025
    name: { vi: Gia Lai, en: Gia Lai }
    from: 2025-07-01
    codes: [{ system: qd19, code: "52", from: 2025-07-01 }]
  - { id: ha-noi, name: { vi: Hà Nội, en: Ha Noi }, codes: [{ system: qd19, code: "01" }] }
`,
  'indicators/documents/sent.yaml': `title: { vi: Văn bản gửi, en: Sent }
kind: flow
unit: { vi: văn bản, en: documents }
rhythm: 5m
expected: group
`,
  'indicators/documents/received.yaml': `title: { vi: Văn bản nhận, en: Received }
kind: flow
unit: { vi: văn bản, en: documents }
`,
  'indicators/documents/share.yaml': `title: { vi: Tỷ lệ, en: Share }
ratio: { of: documents/sent, to: documents/received }
unit: percent
better: higher
limits: { warning: 90, critical: 80 }
targets: [{ value: 95, from: 2025-07-01, where: { unit: ha-noi }, basis: Quyết định 1 }]
sources: [axis]
`,
  'sources/axis.yaml': `title: { vi: Trục, en: Axis }
kind: http
url: \${AXIS_URL}/summary?from={from}&to={to}
span: 5m
observations:
  - indicator: documents/sent
    from: { field: period }
    span: 5m
    value: sent
    members: { unit: { field: code, codes: qd19 } }
  - indicator: documents/received
    from: { field: period }
    span: 5m
    value: received
    members: { unit: { field: code, codes: qd19 } }
allow: [loopback]
`,
  'boards/wall.yaml': `title: { vi: Tường, en: Wall }
rows:
  - panels:
      - { view: number, width: 4, slice: { indicator: documents/sent, where: { unit: ha-noi } } }
      - { view: ranking, width: 8, slice: { indicator: documents/sent, by: [unit] } }
`,
} as const satisfies Files

export const VARIABLES: Readonly<Record<string, string>> = { AXIS_URL: 'http://127.0.0.1:9' }

/** Writes files under a fresh folder named `dashboards`; gone when the test is over. Null leaves a file out. */
export function folderOf(files: Files): string {
  const home = mkdtempSync(join(tmpdir(), 'catalogue-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const root = join(home, 'dashboards')
  mkdirSync(root)
  for (const [path, text] of Object.entries(files)) if (text !== null) put(root, path, text)
  return root
}

/** Writes one file of a folder. */
export function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** The sound catalogue with some files changed, loaded. */
export function loadWith(changes: Files, mode: Mode = 'demo', variables = VARIABLES): Loaded {
  return loadCatalogue(folderOf({ ...SOUND, ...changes }), { variable: (name) => variables[name], mode })
}

/** A file of the sound catalogue with pieces of its text replaced. */
export function edited(file: keyof typeof SOUND, ...edits: readonly (readonly [string, string])[]): Files {
  const text = edits.reduce<string>((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`${file} has no ${from}`)
    return all.replace(from, to)
  }, SOUND[file])
  return { [file]: text }
}

/** Problems as lines in one language. */
export function lines({ problems }: Loaded, language: 'vi' | 'en' = 'en'): readonly string[] {
  return problems.map(({ place, field, message }) => `${place} ${field}: ${message[language]}`)
}
