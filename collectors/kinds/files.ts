/** File sources: every file that matches is taken once per content; a changed one is taken again, and what it no longer says is withdrawn. */
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Source, SourceOf } from '../../kpi/source.ts'
import type { Text } from '../../kpi/text.ts'
import { sha256 } from '../batch.ts'
import { putAside, report } from './clerk.ts'
import { withName, withoutName } from './file-name.ts'
import { markOf, matching, type Opened, openWithin, watched } from './folder.ts'
import { streamOf } from './formats/index.ts'
import { type Input, inputOfFile, survey } from './formats/input.ts'
import {
  type Answer,
  type FetchContext,
  type Kind,
  type Refusal,
  type RowStream,
  Unreadable,
  type Wrong,
} from './kind.ts'

type Files = SourceOf<'files'>

/** Bytes of one file. */
const MOST_BYTES = 4 * 1024 ** 3

/** What is known of a file as it was last seen. */
interface Seen {
  readonly mark: string
  /** How often it was seen like this, one look after the other. */
  readonly looks: number
  /** What reading it came to: nothing new, or why it cannot be taken. */
  readonly answer: Refusal | { readonly same: true } | null
  readonly digest: string
  /** What was declared when it was read. */
  readonly declared: string
}

const SEEN = new WeakMap<Source, Map<string, Seen>>()

function seenOf(source: Source): Map<string, Seen> {
  const known = SEEN.get(source) ?? new Map<string, Seen>()
  SEEN.set(source, known)
  return known
}

const pathOf = (source: Files, group: string) => resolve(source.folder, group)
const named = (group: string, { vi, en }: Text): Text => ({ vi: `${group}: ${vi}`, en: `${group}: ${en}` })
const markerOf = ({ arrival }: Files) => (typeof arrival === 'object' ? arrival.marker : null)

/** Whether a file is whole: as its writer says, or because it did not change between two looks. */
async function isWhole(source: Files, group: string, looks: number): Promise<boolean> {
  if (source.arrival === 'at-once') return true
  const marker = markerOf(source)
  return marker === null ? looks > 1 : (await markOf(pathOf(source, group) + marker)) !== null
}

/** Notes how each file looks now; those that are whole. */
async function look(source: Files, groups: readonly string[]): Promise<readonly string[]> {
  const seen = seenOf(source)
  const whole: string[] = []
  for (const group of [...seen.keys()]) if (!groups.includes(group)) seen.delete(group)
  for (const group of groups) {
    const mark = await markOf(pathOf(source, group))
    if (mark === null) continue
    const before = seen.get(group)
    const same = before?.mark === mark
    const now = {
      mark,
      looks: same ? before.looks + 1 : 1,
      answer: same ? before.answer : null,
      digest: before?.digest ?? '',
      declared: before?.declared ?? '',
    }
    seen.set(group, now)
    if (await isWhole(source, group, now.looks)) whole.push(group)
  }
  return whole
}

const changing = (): Unreadable =>
  new Unreadable(
    {
      vi: 'tệp đang thay đổi trong khi đọc; sẽ đọc lại lần sau',
      en: 'the file changes while it is read; it is read again at the next look',
    },
    undefined,
    true,
  )

/** Works on an open file that stays what it was from beginning to end. */
async function* unchanged<T>(source: Files, group: string, mark: string, work: (input: Input) => AsyncIterable<T>) {
  const opened = await openWithin(watched(source.folder, source.path), pathOf(source, group)).catch(() => null)
  if (!opened) throw changing()
  try {
    if (opened.mark !== mark) throw changing()
    yield* work(inputOfFile(opened.file, opened.size))
    if ((await markOf(pathOf(source, group))) !== mark) throw changing()
  } finally {
    await opened.file.close()
  }
}

async function read(
  source: Files,
  group: string,
  opened: Opened,
  taken: string | undefined,
  context: { declared: string; takenBy: FetchContext['takenBy'] },
): Promise<Answer> {
  const { mark, size } = opened
  if (size > MOST_BYTES) return { wrong: { vi: 'tệp lớn hơn 4 GB', en: 'the file is larger than 4 GB' }, refused: [] }
  const surveyed = await survey(inputOfFile(opened.file, size))
  // Where the name says something, files of equal content do not say the same.
  const apart = Object.values(source.carry ?? {}).includes('$file') ? [group] : []
  const digest = sha256(context.declared, surveyed.digest, ...apart)
  const moved = source.done !== undefined
  const seen = seenOf(source).get(group)
  if (seen) seenOf(source).set(group, { ...seen, digest: surveyed.digest, declared: context.declared })
  if (digest === taken || (moved && context.takenBy?.(digest))) return { same: true }
  const { rows, note } = streamOf(withoutName(source), surveyed)
  const stream: RowStream = () => withName(source, group, unchanged(source, group, mark, rows))
  return { stream, digest, kept: !moved, bytes: size, ...(note && { notes: [named(group, note)] }) }
}

export const files: Kind<Files> = {
  whole: true,
  async asks(source) {
    const moved = [source.done, source.refused].flatMap((folder) => folder ?? [])
    const found = await matching(source.folder, source.path, moved)
    const whole = await look(source, found)
    if (found.length > 0 || source.done !== undefined) return whole.map((group) => ({ group, window: null }))
    return {
      wrong: { vi: `không có tệp nào khớp ${source.path}`, en: `no file matches ${source.path}` },
    }
  },
  history: () => null,
  begin: () => null,
  horizon: () => null,
  async fetch(source, { group }, context): Promise<Answer> {
    const { taken, declared, takenBy } = context
    if (group === '')
      return {
        wrong: { vi: `chưa có tệp trọn vẹn nào khớp ${source.path}`, en: `no whole file matches ${source.path} yet` },
      }
    const seen = seenOf(source).get(group)
    // Seen twice like this, it has not changed since it was read: it need not be read again, unless what it said was lost.
    const stands = seen?.answer && seen.declared === declared && ('wrong' in seen.answer || taken !== undefined)
    if (stands && seen.looks > 2) return seen.answer
    let opened: Opened | null
    try {
      opened = await openWithin(watched(source.folder, source.path), pathOf(source, group))
    } catch (cause) {
      return { wrong: named(group, { vi: 'không đọc được tệp', en: 'the file cannot be read' }), cause }
    }
    if (opened === null)
      return {
        wrong: named(group, {
          vi: 'đường dẫn trỏ ra ngoài thư mục, hoặc không phải tệp thường; không đọc',
          en: 'it leads outside the folder, or is no plain file; it is not read',
        }),
      }
    try {
      const answer = await read(source, group, opened, taken, { declared, takenBy })
      return 'wrong' in answer ? { ...answer, wrong: named(group, answer.wrong) } : answer
    } catch (cause) {
      if (cause instanceof Unreadable) return { ...cause.answer(), wrong: named(group, cause.wrong) }
      return { wrong: named(group, { vi: 'không đọc được tệp', en: 'the file cannot be read' }), cause }
    } finally {
      await opened.file.close()
    }
  },
  async settle(source, { group }, outcome): Promise<Wrong | null> {
    const seen = seenOf(source).get(group)
    const refusal = 'refusal' in outcome ? outcome.refusal : null
    if (seen)
      seenOf(source).set(group, {
        ...seen,
        answer: 'refusal' in outcome ? { wrong: outcome.refusal, refused: outcome.refused } : { same: true },
      })
    const folder = refusal ? source.refused : source.done
    if (folder === undefined) return null
    // What was put in its place meanwhile has not been read yet.
    if (seen && (await markOf(pathOf(source, group))) !== seen.mark) return null
    const refused = 'refused' in outcome ? outcome.refused : []
    const more = 'taken' in outcome ? Math.max(0, outcome.wrong - refused.length) : 0
    try {
      const text = refusal || refused.length > 0 ? report(refusal, refused, more) : null
      await putAside(pathOf(source, group), resolve(source.folder, folder), seen?.digest ?? '', text)
      const marker = markerOf(source)
      if (marker !== null) await rm(pathOf(source, group) + marker, { force: true })
      seenOf(source).delete(group)
      return null
    } catch (cause) {
      const text = {
        vi: `không chuyển được tệp vào ${folder}; kiểm tra quyền ghi thư mục`,
        en: `the file cannot be moved to ${folder}; check that the folder may be written`,
      }
      return { wrong: named(group, text), cause }
    }
  },
  progress: (_, cursor, __, asks) => ({
    done: asks.filter((ask) => cursor.taken[ask.group] !== undefined).length,
    wanted: asks.length,
  }),
}
