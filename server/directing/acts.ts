/** What directors do, as entries of the journal; what may not be is refused with a sentence. Pure but for new names. */
import { randomUUID } from 'node:crypto'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Direct } from '../../kpi/direct.ts'
import { placesOf, sayUnfit, unfit } from '../../kpi/mosaic.ts'
import { boardOf } from '../../kpi/parameters.ts'
import type { PairedScreen } from '../../kpi/program.ts'
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

/** A scene that cannot be one picture is not shown on a group that is one: a figure could be read as another behind an edge. */
function whole(id: string, groupId: string, field: string, catalogue: Catalogue): void {
  const group = catalogue.groups?.get(groupId)
  const scene = catalogue.scenes?.get(id)
  const sight = catalogue.screens?.get(group?.profile ?? '')
  const why =
    group?.mosaic && scene && sight ? unfit(scene, group.mosaic, sight, (one) => boardOf(catalogue, one)) : null
  if (!why) return
  const { vi, en } = sayUnfit(id, why, (indicator) => catalogue.indicators.get(indicator)?.title)
  throw refuse(409, field, `${vi}.`, `${en}.`)
}

type About = Pick<Extract<Direct, { act: 'pair' }>, 'name' | 'group' | 'place' | 'profile' | 'boards' | 'language'>

/** What a screen of this profile would be told to show in this group, by the calendar, by an incident, or because somebody took it. */
function mayBeTold({ catalogue, roster, now }: ActingOn, id: string): readonly string[] {
  const declared = catalogue.groups?.get(id)
  if (!declared) return []
  const taken = takeAt(roster.takes.get(id) ?? [], announced(now))?.scene
  return [...declared.program, ...declared.takeover].map(({ scene }) => scene).concat(taken ?? [])
}

/** Whether a place of a group can be a screen's: it exists, and in one picture each screen has one that no other has. */
function placed({ name, group: id, place }: About, screen: string, on: ActingOn): void {
  const group = on.catalogue.groups?.get(id)
  if (!group) return
  const places = placesOf(group)
  const list = places.join(', ')
  if (place !== null && !places.includes(place))
    throw refuse(
      404,
      'place',
      `Nhóm “${id}” không có vị trí “${place}”${places.length > 0 ? `; có: ${list}` : ''}.`,
      `The group “${id}” has no place “${place}”${places.length > 0 ? `; there are: ${list}` : ''}.`,
    )
  if (!group.mosaic) return
  if (place === null)
    throw refuse(
      409,
      'place',
      `Nhóm “${id}” là một hình ghép từ nhiều màn hình: hãy chọn vị trí của “${name}”; có: ${list}.`,
      `The group “${id}” is one picture across several screens: say in which place “${name}” stands; there are: ${list}.`,
    )
  const there = standing(on, id, place, screen)
  // Whoever stands in the same picture changes places with it.
  if (!there || on.roster.screens.get(screen)?.group === id) return
  throw refuse(
    409,
    'place',
    `Ở vị trí “${place}” của nhóm “${id}” đã có “${there.name}”; chọn vị trí khác, hoặc chuyển “${there.name}” đi trước.`,
    `In the place “${place}” of the group “${id}” there is “${there.name}” already; choose another place, or move “${there.name}” first.`,
  )
}

/** Another screen than `but` that stands in a place. */
const standing = ({ roster }: ActingOn, group: string, place: string | null, but: string): PairedScreen | null =>
  [...roster.screens.values()].find((one) => one.group === group && one.place === place && one.id !== but) ?? null

/** Whether what is said of a screen can be: its group, place, profile and boards exist, it can show what its group shows, and nobody else has its name. */
function about(given: About, id: string, on: ActingOn): NonNullable<Said['screen']> {
  const { catalogue, roster } = on
  const { name, group, place, boards, language } = given
  known(catalogue.groups, group, 'group', GROUP)
  placed(given, id, on)
  const declared = catalogue.groups?.get(group)
  // A part of a picture is laid out as the whole.
  const profile = declared?.mosaic ? null : given.profile
  if (profile !== null) known(catalogue.screens, profile, 'profile', { vi: 'loại màn hình', en: 'screen profile' })
  for (const scene of mayBeTold(on, group)) fits(scene, profile ?? declared?.profile ?? '', 'profile', catalogue)
  for (const board of boards ?? []) known(catalogue.boards, board, 'boards', { vi: 'bảng', en: 'board' })
  const twin = [...roster.screens.values()].find((one) => one.name === name && one.id !== id)
  if (twin)
    throw refuse(
      409,
      'name',
      `Đã có màn hình tên “${name}”; đặt tên khác để gọi không nhầm.`,
      `There is a screen named “${name}” already; give another name, so that nobody is mistaken.`,
    )
  // One picture speaks one language: who comes into it takes that on, who is in it changes it for all (`changed`).
  const comes = declared?.mosaic && roster.screens.get(id)?.group !== group
  const spoken = comes ? [...roster.screens.values()].find((one) => one.group === group)?.language : undefined
  return { id, name, group, place, profile, boards, language: spoken ?? language }
}

function screenOf({ roster }: ActingOn, id: string) {
  const screen = roster.screens.get(id)
  if (screen) return screen
  throw refuse(404, 'screen', `Không có màn hình “${id}”.`, `There is no screen “${id}”.`)
}

/** The entries an act writes: the first is the act, others follow from it. Throws Refusals. */
export function entriesOfDirect(act: Direct, by: string, on: ActingOn): readonly [DirectingEntry, ...DirectingEntry[]] {
  const { now, catalogue, roster } = on
  const one = (kind: DirectingEntry['kind'], said: Said): DirectingEntry => {
    return { id: `${kind}-${randomUUID()}`, kind, at: now, by, said }
  }
  const entry = (kind: DirectingEntry['kind'], said: Said) => [one(kind, said)] as const
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
      return entry('paired', { screen: said, digest: offer.digest })
    }
    case 'change':
      return changed(act, screenOf(on, act.screen), on, one)
    case 'revoke':
      screenOf(on, act.screen)
      return entry('revoked', { revoked: act.screen })
    case 'take': {
      known(catalogue.groups, act.group, 'group', GROUP)
      known(catalogue.scenes, act.scene, 'scene', { vi: 'cảnh', en: 'scene' })
      const own = [...roster.screens.values()].filter(({ group }) => group === act.group)
      const profiles = new Set([catalogue.groups?.get(act.group)?.profile, ...own.map(({ profile }) => profile)])
      for (const profile of profiles) if (profile) fits(act.scene, profile, 'scene', catalogue)
      whole(act.scene, act.group, 'scene', catalogue)
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

/** Something else is said of a screen. In one picture it changes places with whoever stands where it is to stand, and all of it speaks its language. */
function changed(
  act: Extract<Direct, { act: 'change' }>,
  before: PairedScreen,
  on: ActingOn,
  entry: (kind: 'changed', said: Said) => DirectingEntry,
): readonly [DirectingEntry, ...DirectingEntry[]] {
  const own = about(act, act.screen, on)
  const { mosaic } = on.catalogue.groups?.get(act.group) ?? {}
  const beside = [...on.roster.screens.values()].filter(({ id, group }) => id !== before.id && group === act.group)
  const others = (mosaic ? beside : []).flatMap(({ by: _, at: __, ...other }) => {
    const place = other.place === own.place ? before.place : other.place
    const same = place === other.place && other.language === own.language
    return same ? [] : [entry('changed', { screen: { ...other, place, language: own.language } })]
  })
  return [entry('changed', { screen: own }), ...others]
}
