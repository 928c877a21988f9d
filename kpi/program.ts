/** What paired screens are, and what they are told to show. */
import type { Part } from './mosaic.ts'
import type { Language, Text } from './text.ts'

/** A screen that an operator has let in. */
export interface PairedScreen {
  readonly id: string
  readonly name: string
  readonly group: string
  /** Where it stands in its group; null where all show the same. */
  readonly place: string | null
  /** Its own profile; null: that of its group. */
  readonly profile: string | null
  /** The only boards it may show; null: any. */
  readonly boards: readonly string[] | null
  readonly language: Language
  readonly by: string
  readonly at: number
}

/** Why a scene is on: by the calendar, because somebody took it, or because of an incident. */
export type Why =
  | { readonly kind: 'calendar' }
  | { readonly kind: 'taken'; readonly by: string; readonly act: string; readonly until: number | null }
  | { readonly kind: 'incident'; readonly incident: string; readonly title: Text }

/** What is on at a moment. */
export interface On {
  readonly scene: string
  /** The how-manieth picture of the scene's rotation, from 0. */
  readonly step: number
  /** A board with its parameters. */
  readonly board: string
  readonly why: Why
}

/** What a paired screen is told: what is on, and what comes from the first pulse at or after `at`. */
export interface Program {
  readonly screen: PairedScreen
  readonly now: On | null
  readonly next: (On & { readonly at: number }) | null
  /** Which part of one picture across its group it shows; not there where it shows all of its own. */
  readonly part?: Part
  /** Why nothing can be shown. */
  readonly problem?: Text
}
