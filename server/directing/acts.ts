/** What directors do, as entries of the journal; what may not be is refused with a sentence. Pure but for new names. */
import { randomUUID } from 'node:crypto'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Direct } from '../../kpi/direct.ts'
import { duration } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import type { Offer } from './pairing.ts'
import { announced, takeAt } from './program.ts'
import type { DirectingEntry, Roster, Said } from './roster.ts'

export interface ActingOn {
  readonly catalogue: Catalogue
  readonly roster: Roster
  readonly now: number
  /** The offer with a code, for this confirmation alone; null when there is none. */
  readonly offer: (code: string) => Offer | null
}

const refuse = (status: number, field: string, vi: string, en: string) => new Refusal(status, { vi, en }, field)

function known(things: ReadonlyMap<string, unknown> | undefined, id: string, field: string, noun: Text): void {
  if (things?.has(id)) return
  const list = [...(things?.keys() ?? [])].join(', ')
  throw refuse(
    404,
    field,
    `Không có ${noun.vi} “${id}”; có: ${list}.`,
    `There is no ${noun.en} “${id}”; there are: ${list}.`,
  )
}

const GROUP: Text = { vi: 'nhóm màn hình', en: 'group of screens' }

/** A scene that is not for screens of a profile is not shown on them: nobody could read it. */
function fits(id: string, profile: string, field: string, { scenes }: Catalogue): void {
  const scene = scenes?.get(id)
  if (!scene?.profiles || scene.profiles.includes(profile)) return
  const list = scene.profiles.join(', ')
  throw refuse(
    409,
    field,
    `Cảnh “${id}” chỉ dành cho màn hình loại ${list}; màn hình loại “${profile}” không đọc được.`,
    `The scene “${id}” is for screens of profile ${list} only; on “${profile}” it cannot be read.`,
  )
}

type About = Pick<Extract<Direct, { act: 'pair' }>, 'name' | 'group' | 'place' | 'profile' | 'boards' | 'language'>

/** Whether what is said of a screen can be: its group, place, profile and boards exist, and nobody else has its name. */
function about(given: About, id: string, { catalogue, roster }: ActingOn): Said {
  const { name, group, place, profile, boards, language } = given
  known(catalogue.groups, group, 'group', GROUP)
  const places = catalogue.groups?.get(group)?.places ?? []
  if (place !== null && !places.includes(place))
    throw refuse(
      404,
      'place',
      `Nhóm “${group}” không có vị trí “${place}”${places.length > 0 ? `; có: ${places.join(', ')}` : ''}.`,
      `The group “${group}” has no place “${place}”${places.length > 0 ? `; there are: ${places.join(', ')}` : ''}.`,
    )
  if (profile !== null) known(catalogue.screens, profile, 'profile', { vi: 'loại màn hình', en: 'screen profile' })
  const declared = catalogue.groups?.get(group)
  for (const { scene } of declared ? [...declared.program, ...declared.takeover] : [])
    fits(scene, profile ?? declared?.profile ?? '', 'profile', catalogue)
  for (const board of boards ?? []) known(catalogue.boards, board, 'boards', { vi: 'bảng', en: 'board' })
  const twin = [...roster.screens.values()].find((one) => one.name === name && one.id !== id)
  if (twin)
    throw refuse(
      409,
      'name',
      `Đã có màn hình tên “${name}”; đặt tên khác để gọi không nhầm.`,
      `There is a screen named “${name}” already; give another name, so that nobody is mistaken.`,
    )
  return { screen: { id, name, group, place, profile, boards, language } }
}

function screenOf({ roster }: ActingOn, id: string) {
  const screen = roster.screens.get(id)
  if (screen) return screen
  throw refuse(404, 'screen', `Không có màn hình “${id}”.`, `There is no screen “${id}”.`)
}

/** The entry an act writes. Throws Refusals. */
export function entryOfDirect(act: Direct, by: string, on: ActingOn): DirectingEntry {
  const { now, catalogue, roster } = on
  const entry = (kind: DirectingEntry['kind'], said: Said): DirectingEntry => {
    return { id: `${kind}-${randomUUID()}`, kind, at: now, by, said }
  }
  switch (act.act) {
    case 'pair': {
      const id = `screen-${randomUUID().slice(0, 8)}`
      // Looked at before the code is used up: a name that is taken costs nobody a walk to the wall.
      const said = about(act, id, on)
      const offer = on.offer(act.code)
      if (!offer)
        throw refuse(
          404,
          'code',
          'Không có màn hình nào đang hiện mã này; mã đổi sau mười phút, hãy nhìn lại màn hình.',
          'No screen shows this code now; a code changes after ten minutes, look at the screen again.',
        )
      return entry('paired', { ...said, digest: offer.digest })
    }
    case 'change':
      screenOf(on, act.screen)
      return entry('changed', about(act, act.screen, on))
    case 'revoke':
      screenOf(on, act.screen)
      return entry('revoked', { revoked: act.screen })
    case 'take': {
      known(catalogue.groups, act.group, 'group', GROUP)
      known(catalogue.scenes, act.scene, 'scene', { vi: 'cảnh', en: 'scene' })
      const own = [...roster.screens.values()].filter(({ group }) => group === act.group)
      const profiles = new Set([catalogue.groups?.get(act.group)?.profile, ...own.map(({ profile }) => profile)])
      for (const profile of profiles) if (profile) fits(act.scene, profile, 'scene', catalogue)
      const from = announced(now)
      const until = act.for === undefined ? null : from + (duration(act.for) ?? 0)
      return entry('took', { group: act.group, scene: act.scene, from, until, locked: act.locked })
    }
    case 'release':
      known(catalogue.groups, act.group, 'group', GROUP)
      return entry('took', { group: act.group, scene: null, from: announced(now), until: null })
    case 'undo': {
      known(catalogue.groups, act.group, 'group', GROUP)
      const from = announced(now)
      const take = takeAt(roster.takes.get(act.group) ?? [], from)
      if (!take)
        throw refuse(
          409,
          'group',
          'Không còn lệnh nào để hoàn tác: nhóm này đang theo lịch.',
          'There is nothing to undo: this group follows its calendar.',
        )
      return entry('undone', { group: act.group, take: take.id, from })
    }
  }
}
