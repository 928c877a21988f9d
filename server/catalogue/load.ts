/** Loads what operators declare: all files, all checks, all problems at once, sorted by place. */
import { resolve } from 'node:path'
import type { BoardFile } from '../../kpi/board.ts'
import type { CalendarFile } from '../../kpi/calendar-file.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Dimension, DimensionFile, Member } from '../../kpi/dimension.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { PopulationFile } from '../../kpi/population.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { RoleFile } from '../../kpi/role.ts'
import type { RuleFile } from '../../kpi/rule.ts'
import type { GroupFile, SceneFile } from '../../kpi/scene.ts'
import type { ProfileFile } from '../../kpi/screen.ts'
import type { SilenceFile } from '../../kpi/silence.ts'
import type { Source, SourceFile } from '../../kpi/source.ts'
import { checkBoards } from './boards.ts'
import { checkCalendars, joinCalendars } from './calendars.ts'
import { check, type Declared } from './check.ts'
import { checkDimensions } from './dimensions.ts'
import type { Draft, Mode } from './draft.ts'
import { type Declarations, type Found, findDeclarations } from './files.ts'
import { formerVersions } from './former.ts'
import { checkIndicators } from './indicators.ts'
import { checkLegible } from './legible.ts'
import { homeOf, joinLists, readList } from './lists.ts'
import { type Locked, readLock } from './lock.ts'
import type { Memory } from './memory.ts'
import { checkMosaics } from './mosaics.ts'
import { checkPopulations } from './populations.ts'
import { checkRules } from './rules.ts'
import { checkScenes } from './scenes.ts'
import type { Folder } from './shape.ts'
import { checkSources } from './sources.ts'
import { fillIn } from './variables.ts'
import { checkVersions } from './versions.ts'
import { readYaml } from './yaml.ts'

export type { Mode } from './draft.ts'

export interface LoadOptions {
  /** The value of `${NAME}` in a declaration; undefined when it is not set. */
  readonly variable: (name: string) => string | undefined
  readonly mode: Mode
  /** What the files said when they were read last. */
  readonly memory?: Memory
}

export interface Loaded {
  /** What is sound. Serve it only when there are no problems. */
  readonly catalogue: Catalogue
  readonly problems: readonly Problem[]
  /** The versions that were locked. */
  readonly locked: readonly Locked[]
}

/** The built-in dimension: every declared source is a member under its own id. */
export const SOURCE_DIMENSION = 'source'

function place(problem: Problem): readonly [string, number, number] {
  const [, file = problem.place, line = '0', column = '0'] = /^(.*):(\d+):(\d+)$/.exec(problem.place) ?? []
  return [file, Number(line), Number(column)]
}

/** Problems by file, line and column. */
export function sorted(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => {
    const [fileA, lineA, columnA] = place(a)
    const [fileB, lineB, columnB] = place(b)
    if (fileA !== fileB) return fileA < fileB ? -1 : 1
    return lineA - lineB || columnA - columnB
  })
}

function sourceDimension(sources: Iterable<Declared<SourceFile>>): Dimension {
  const member = ({ id, value }: Declared<SourceFile>): Member => {
    return { id, name: value.title, codes: [], parents: [], successors: [] }
  }
  return {
    id: SOURCE_DIMENSION,
    title: { vi: 'Nguồn', en: 'Source' },
    members: new Map([...sources].map((source) => [source.id, member(source)])),
  }
}

const RESERVED = {
  vi: 'chiều source có sẵn, mỗi nguồn đã khai là một thành viên; đổi tên tệp này',
  en: 'the dimension source is built in, every declared source is a member; rename this file',
}

const HEADLESS = {
  vi: 'bảng cần một tệp .yaml cùng tên với thư mục của nó, ví dụ dimensions/unit.yaml cho dimensions/unit/communes.csv',
  en: 'a table needs a .yaml file named as its folder, such as dimensions/unit.yaml for dimensions/unit/communes.csv',
}

const withIds = <T extends object>(declared: ReadonlyMap<string, Declared<T>>) =>
  new Map([...declared].map(([id, { value }]): [string, T & { readonly id: string }] => [id, { ...value, id }]))

/** Every declaration under `folder`; where it cannot be looked into at all, the problem that says so. */
function foundIn(folder: string): Declarations {
  try {
    return findDeclarations(folder)
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    const message = {
      vi: `không đọc được thư mục ${folder} (${code}); hãy đặt DASHBOARDS là thư mục khai báo, và cấp quyền đọc`,
      en: `the folder ${folder} cannot be read (${code}); set DASHBOARDS to the folder of declarations, and grant permission to read it`,
    }
    return { found: [], problems: [{ place: `${folder}:1:1`, field: '', message }], lock: null }
  }
}

/** Reads, checks and joins every declaration under `folder`. Never throws for what an author wrote. */
export function loadCatalogue(folder: string, options: LoadOptions): Loaded {
  const loaded = joinDeclarations(foundIn(resolve(folder)), options)
  options.memory?.save()
  return loaded
}

/** Checks and joins declarations that were already found. */
export function joinDeclarations({ found, problems: misnamed, lock }: Declarations, options: LoadOptions): Loaded {
  const problems: Problem[] = [...misnamed]

  function read<F extends Folder>({ folder, file, text, unread }: Found & { folder: F }) {
    if (unread) return null
    const yaml = readYaml(text, options.memory)
    for (const { place, message } of yaml.mistakes)
      problems.push({ place: `${file}:${place.line}:${place.column}`, field: '', message })
    if (yaml.mistakes.length > 0) return null
    const filled = fillIn({ file, yaml }, options.variable)
    const checked = check(folder, { file, yaml }, filled.value)
    problems.push(...filled.problems, ...checked.problems)
    return checked.value === null ? null : { yaml, value: checked.value }
  }
  /** The sound declarations of a folder, each turned into what the catalogue holds. */
  function sound<F extends Folder, T>(
    folder: F,
    settle: (value: NonNullable<ReturnType<typeof read<F>>>['value'], found: Found) => T,
  ) {
    return new Map(
      found.flatMap((one) => {
        const result = one.folder === folder && !one.table ? read(one as Found & { folder: F }) : null
        return result ? [[one.id, { ...one, yaml: result.yaml, value: settle(result.value, one) }] as const] : []
      }),
    )
  }

  const indicators = sound('indicators', (file, { id }): Indicator => ({ ...file, id, kind: file.kind ?? 'ratio' }))
  const dimensions = sound('dimensions', (file): DimensionFile => file)
  const sources = sound('sources', (file): SourceFile => file)
  const boards = sound('boards', (file): BoardFile => file)
  const calendars = sound('calendars', (file): CalendarFile => file)
  const rules = sound('rules', (file): RuleFile => file)
  const silences = sound('silences', (file): SilenceFile => file)
  const roles = sound('roles', (file): RoleFile => file)
  const populations = sound('populations', (file): PopulationFile => file)
  const screens = sound('screens', (file): ProfileFile => file)
  const scenes = sound('scenes', (file): SceneFile => file)
  const groups = sound('groups', (file): GroupFile => file)
  /** Dimensions by the lists they are put together from. One with a broken list is left out, so that nothing of it seems absent. */
  function joinDimensions(heads: ReadonlySet<string>): Map<string, Dimension> {
    const joined = new Map<string, Dimension>()
    for (const home of heads) {
      const all = found.filter(({ folder, id }) => folder === 'dimensions' && homeOf(id, heads) === home)
      const lists: Declared<DimensionFile>[] = [...dimensions.values()].filter(({ id }) =>
        all.some((one) => one.id === id),
      )
      for (const table of all.filter((one) => one.table)) {
        if (all.every((one) => one.table)) problems.push({ place: `${table.file}:1:1`, field: '', message: HEADLESS })
        const { declared, problems: wrong } = readList(table, joinLists(home, lists))
        problems.push(...wrong)
        if (!declared) continue
        lists.push(declared)
        dimensions.set(table.file, { ...table, ...declared })
      }
      if (lists.length === all.length) joined.set(home, joinLists(home, lists))
    }
    return joined
  }
  const ids = (of: Folder) => new Set(found.filter((one) => one.folder === of).map((one) => one.id))

  const taken = dimensions.get(SOURCE_DIMENSION)
  if (taken) problems.push({ place: `${taken.file}:1:1`, field: '', message: RESERVED })
  dimensions.delete(SOURCE_DIMENSION)
  const all = ids('dimensions')
  all.delete(SOURCE_DIMENSION)
  const heads = new Set([...all].map((id) => homeOf(id, all)))
  const joined = joinDimensions(heads)
  joined.set(SOURCE_DIMENSION, sourceDimension(sources.values()))
  const named = {
    indicators: ids('indicators'),
    dimensions: heads,
    sources: ids('sources'),
    boards: ids('boards'),
    calendars: ids('calendars'),
    rules: ids('rules'),
    silences: ids('silences'),
    roles: ids('roles'),
    populations: ids('populations'),
    screens: ids('screens'),
    scenes: ids('scenes'),
    groups: ids('groups'),
  }
  named.dimensions.add(SOURCE_DIMENSION)

  const draft: Draft = {
    ...{ mode: options.mode, indicators, dimensions, sources, boards, rules, silences, roles, screens },
    ...{ scenes, groups, populations, joined, named },
  }
  problems.push(...checkIndicators(draft), ...checkDimensions(draft), ...checkSources(draft), ...checkBoards(draft))
  problems.push(...checkCalendars(calendars, draft), ...checkRules(draft), ...checkScenes(draft))
  problems.push(...checkPopulations(draft), ...checkLegible(draft), ...checkMosaics(draft))
  const { locked, problems: unreadable } = lock ? readLock(lock.file, lock.text) : { locked: [], problems: [] }
  problems.push(...unreadable, ...checkVersions(draft, locked))
  const settled = new Map([...indicators].map(([id, { value }]) => [id, value]))
  return {
    catalogue: {
      indicators: settled,
      former: formerVersions(settled, locked),
      dimensions: joined,
      sources: new Map(
        [...sources].map(([id, { value, home }]): [string, Source] => [id, { ...value, id, folder: home }]),
      ),
      boards: withIds(boards),
      calendars: joinCalendars(calendars),
      rules: withIds(rules),
      silences: withIds(silences),
      roles: withIds(roles),
      populations: withIds(populations),
      screens: withIds(screens),
      scenes: withIds(scenes),
      groups: withIds(groups),
    },
    problems: sorted(problems),
    locked,
  }
}
