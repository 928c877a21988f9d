/** The director of a running server: who may show what, what is on, and what directors do; kept up with what any server writes. */
import type { Board } from '../../kpi/board.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Direct } from '../../kpi/direct.ts'
import type { Incident } from '../../kpi/incident.ts'
import type { Log } from '../../kpi/log.ts'
import { type Part, partOf } from '../../kpi/mosaic.ts'
import type { ScreenCondition } from '../../kpi/painted.ts'
import { boardOf, readBoardName } from '../../kpi/parameters.ts'
import type { On, PairedScreen, Program } from '../../kpi/program.ts'
import type { ActsAnswer, GroupState, ScreensAnswer } from '../../kpi/screens.ts'
import type { Text } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { appendEntries, entriesOfCause } from '../store/journal.ts'
import { entriesOfDirect } from './acts.ts'
import { digestOf, type Pairing, startPairing } from './pairing.ts'
import { heldOff, nextAfter, programAt, type Situation, takeAt } from './program.ts'
import { DIRECTING, type DirectingEntry, type Roster, rosterOf, type Said } from './roster.ts'
import { startTable, type Table } from './table.ts'
import { startVitals } from './vitals.ts'

export interface Directing {
  readonly table: Table
  readonly pairing: Pairing
  /** Reads what any server wrote since. Rejects while the store is away: what is known stays in force. */
  beat(): Promise<void>
  /** The paired screen a key belongs to; null when it belongs to none, or was taken away. */
  screenOfKey(key: string): PairedScreen | null
  screen(id: string): PairedScreen | null
  /** What a paired screen is to show; null when it is none. */
  program(id: string): Program | null
  /** What a director does. Rejects with a Refusal. */
  act(act: Direct, by: string): Promise<{ readonly entry: string }>
  /** Refuses what a paired screen may not show. */
  mayShow(id: string, board: string): Text | null
  /** Refuses what a paired screen may not ask: an indicator that none of its boards shows. */
  mayAsk(
    id: string,
    query: {
      readonly indicator?: unknown
      readonly also?: unknown
      readonly against?: unknown
      readonly board?: unknown
    },
  ): Text | null
  answer(): ScreensAnswer
  /** So many acts, the newest or those before the one with this id. Throws a Refusal where there is none with it. */
  acts(before: string | null, limit: number): ActsAnswer
  replace(catalogue: Catalogue): void
}

export interface DirectingOptions {
  readonly store: Store
  readonly catalogue: Catalogue
  /** The newest incident of each cause. */
  readonly incidents: () => Iterable<Incident>
  readonly watch: () => number
  readonly log: Log
}

/** A screen that shows what it should, or is about to. */
const SHOWING: ReadonlySet<ScreenCondition | undefined> = new Set(['live', 'starting'])
/** How many acts come with the list of screens. */
const TOLD = 100
/** How long what is on is not looked up again, milliseconds. */
const MEMORY = 250

const NOT_ITS_OWN: Text = {
  vi: 'Màn hình này không được phép chiếu bảng đó; người điều hành đặt phạm vi của nó ở trang /director.',
  en: 'This screen may not show that board; an operator sets its scope at /director.',
}
const NO_GROUP: Text = {
  vi: 'Nhóm của màn hình này không còn được khai trong dashboards/groups; hãy chuyển nó sang nhóm khác ở trang /director.',
  en: 'The group of this screen is no longer declared in dashboards/groups; move it to another one at /director.',
}

/** Reads the journal and answers the director. Rejects while the store is away. */
export async function startDirecting(options: DirectingOptions): Promise<Directing> {
  const { store, incidents, log } = options
  const now = () => store.now()
  let { catalogue } = options
  const entries = new Map<string, DirectingEntry>()
  let roster: Roster = rosterOf([])
  let synced: number | null = null
  const table = startTable({ now, watch: options.watch })
  const pairing = startPairing(now)
  const vitals = startVitals(store, options.watch)
  /** Screens of which it was said that they stand still or are lost. */
  const toldOf = new Map<string, 'frozen' | 'lost'>()

  function take(found: readonly DirectingEntry[]): void {
    const fresh = found.filter(({ id }) => !entries.has(id))
    if (fresh.length === 0) return
    for (const one of fresh) entries.set(one.id, one)
    roster = rosterOf(entries.values())
    memo.clear()
    for (const { kind, said } of fresh) if (kind === 'revoked' && said.revoked) table.forget(said.revoked)
  }

  async function sync(): Promise<void> {
    const at = now()
    take(await entriesOfCause<DirectingEntry['kind'], Said>(store, DIRECTING, synced ?? 0))
    synced = at
  }

  /** Said once when a screen stands still, paired or not, or a paired one is lost, and once when it paints again. */
  function tellStill(): void {
    for (const { id, state, since, painted } of table.states()) {
      const name = roster.screens.get(id)?.name
      const called =
        name === undefined
          ? { vi: `tường ${painted?.board ?? ''} (${id})`, en: `wall ${painted?.board ?? ''} (${id})` }
          : { vi: `màn hình ${name}`, en: `screen ${name}` }
      const before = toldOf.get(id)
      // A page that nobody paired and that is gone was closed.
      if (state === 'frozen' || (state === 'lost' && name !== undefined)) {
        toldOf.set(id, state)
        if (state === before) continue
        const at = since === null ? null : new Date(since).toISOString()
        const when = at === null ? { vi: '', en: '' } : { vi: ` từ ${at}`, en: ` since ${at}` }
        if (state === 'frozen')
          log.warn({
            vi: `${called.vi} đứng yên: vẫn nối mà không vẽ gì${when.vi}`,
            en: `${called.en} stands still: connected, but has painted nothing${when.en}`,
          })
        else
          log.warn({
            vi: `${called.vi} mất liên lạc: không nối${when.vi}`,
            en: `${called.en} is lost: not connected${when.en}`,
          })
      } else if (toldOf.delete(id) && state === 'live')
        log.info({ vi: `${called.vi} lại vẽ`, en: `${called.en} paints again` })
    }
  }

  /** How many paired screens there are, and how many of them show what they should. */
  function counts() {
    const states = new Map(table.states().map(({ id, state }) => [id, state]))
    const showing = [...roster.screens.keys()].filter((id) => SHOWING.has(states.get(id)))
    return { paired: roster.screens.size, showing: showing.length }
  }

  const situation = (group: string): Situation => ({
    scenes: catalogue.scenes ?? new Map(),
    calendars: catalogue.calendars,
    takes: roster.takes.get(group) ?? [],
    incidents: [...incidents()],
  })

  /** What is on is the same for all screens of a place, and asked for each of them. */
  const memo = new Map<string, Pick<Program, 'now' | 'next'>>()
  let remembered = 0

  function onIn(group: string, place: string | null): Pick<Program, 'now' | 'next'> {
    if (Math.abs(now() - remembered) >= MEMORY) memo.clear()
    if (memo.size === 0) remembered = now()
    const key = JSON.stringify([group, place])
    const on = memo.get(key) ?? computed(group, place)
    memo.set(key, on)
    return on
  }

  function computed(group: string, place: string | null): Pick<Program, 'now' | 'next'> {
    const declared = catalogue.groups?.get(group)
    if (!declared) return { now: null, next: null }
    const is = situation(group)
    // One picture is one program: no place has another board.
    const where = declared.mosaic ? null : place
    return { now: programAt(declared, is, now(), where), next: nextAfter(declared, is, now(), where) }
  }

  /** What of a program a screen may show. */
  function within<T extends On>(screen: PairedScreen, on: T | null): T | null {
    return on && mayShow(screen.id, on.board) === null ? on : null
  }

  function program(id: string): Program | null {
    const screen = roster.screens.get(id)
    if (!screen) return null
    const on = onIn(screen.group, screen.place)
    const may = { now: within(screen, on.now), next: within(screen, on.next) }
    const part = partIn(screen)
    const problem = !catalogue.groups?.has(screen.group) ? NO_GROUP : on.now && !may.now ? NOT_ITS_OWN : null
    return { screen, ...may, ...(part ? { part } : {}), ...(problem ? { problem } : {}) }
  }

  /** Which part of one picture across its group a screen shows; null where it shows all of its own. */
  function partIn({ group, place }: PairedScreen): Part | null {
    const { mosaic, profile = '' } = catalogue.groups?.get(group) ?? {}
    const sight = catalogue.screens?.get(profile)
    return mosaic && sight ? partOf(mosaic, sight, place) : null
  }

  function mayShow(id: string, board: string): Text | null {
    const screen = roster.screens.get(id)
    const { board: plain } = readBoardName(board)
    return !screen || (screen.boards && !screen.boards.includes(plain)) ? NOT_ITS_OWN : null
  }

  const indicatorsOf = (board: Board | null) =>
    board?.rows.flatMap(({ panels }) =>
      panels.flatMap((panel) => [panel.slice ?? [], panel.slices ?? []].flat().map(({ indicator }) => indicator)),
    ) ?? []

  function mayAsk(id: string, { indicator, also, against, board }: Parameters<Directing['mayAsk']>[1]) {
    const screen = roster.screens.get(id)
    if (!screen) return NOT_ITS_OWN
    const { boards } = screen
    if (!boards) return null
    if (typeof board === 'string') return mayShow(id, board)
    const own = new Set(boards.flatMap((one) => indicatorsOf(boardOf(catalogue, one))))
    const asked = [indicator, ...(Array.isArray(also) ? also : []), ...(against === undefined ? [] : [against])]
    return asked.every((one) => typeof one === 'string' && own.has(one)) ? null : NOT_ITS_OWN
  }

  function groupState(id: string): GroupState {
    const declared = catalogue.groups?.get(id)
    const is = situation(id)
    const taken = takeAt(is.takes, now())
    const screens = [...roster.screens.values()].filter(({ group }) => group === id).map((one) => one.id)
    const why = declared ? heldOff(declared, is, now()) : null
    return {
      ...{ id, ...onIn(id, null), undoable: takeAt(is.takes, now() + 5000) !== null },
      taken: taken && {
        ...{ scene: taken.scene, by: taken.by, at: taken.at, until: taken.until, locked: taken.locked },
      },
      heldOff: why?.kind === 'incident' ? why.title : null,
      flip: table.spread(new Set(screens)),
    }
  }

  function answer(): ScreensAnswer {
    const states = new Map(table.states().map((one) => [one.id, one]))
    const paired = [...roster.screens.values()]
      .sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : a.name.localeCompare(b.name, 'vi')))
      .map((screen) => {
        const state = states.get(screen.id)
        states.delete(screen.id)
        const never = { id: screen.id, state: 'lost' as const, since: null, painted: null, at: null, latency: null }
        return { ...(state ?? never), paired: screen, program: onIn(screen.group, screen.place) }
      })
    const others = [...states.values()].map((one) => ({ ...one, paired: null, program: null }))
    return {
      at: now(),
      screens: [...paired, ...others],
      waiting: pairing.waiting(),
      groups: [...(catalogue.groups?.keys() ?? [])].map(groupState),
      acts: roster.acts.slice(0, TOLD),
    }
  }

  function acts(before: string | null, limit: number): ActsAnswer {
    const last = before === null ? -1 : roster.acts.findIndex(({ id }) => id === before)
    if (before !== null && last < 0)
      throw new Refusal(
        404,
        { vi: `Nhật ký không có lệnh “${before}”.`, en: `The journal has no act “${before}”.` },
        'before',
      )
    const page = roster.acts.slice(last + 1, last + 1 + limit)
    return { acts: page, next: last + 1 + limit < roster.acts.length ? (page.at(-1)?.id ?? null) : null }
  }

  await sync()
  return {
    ...{ table, pairing, program, mayShow, mayAsk, answer, acts },
    async beat() {
      tellStill()
      await sync()
      await vitals.beat(catalogue, counts())
    },
    screenOfKey: (key) => roster.screens.get(roster.keys.get(digestOf(key)) ?? '') ?? null,
    screen: (id) => roster.screens.get(id) ?? null,
    async act(act, by) {
      await sync()
      let own: string | null = null
      const offer = (code: string) => {
        const found = pairing.take(code)
        own = found?.code ?? null
        return found
      }
      try {
        const written = entriesOfDirect(act, by, { catalogue, roster, now: now(), offer })
        await appendEntries(
          store,
          written.map((entry) => ({ cause: DIRECTING, number: 0, ...entry })),
        )
        take(written)
        // Only now: a screen that asked meanwhile must not have been told that nobody knows its code.
        if (own !== null) pairing.settle(own, true)
        return { entry: written[0].id }
      } catch (error) {
        if (own !== null) pairing.settle(own, false)
        throw error
      }
    },
    replace(next) {
      catalogue = next
      memo.clear()
    },
  }
}

/** Thrown where a screen asks for what it may not show. */
export const notItsOwn = (text: Text): Refusal => new Refusal(403, text)
