/** The catalogue as screens are told it, for all of them the same text. */
import { createHash } from 'node:crypto'
import type { Catalogue } from '../kpi/catalogue.ts'

/** What screens need of the catalogue; addresses and headers of sources stay here. */
export function declared(catalogue: Catalogue) {
  return {
    indicators: [...catalogue.indicators.values()],
    dimensions: [...catalogue.dimensions.values()].map((dimension) => ({
      ...dimension,
      // What there are thousands of would cost every screen more than it gives.
      members: [...dimension.members.values()].filter(({ kind }) => !(kind && dimension.kinds?.[kind]?.detail)),
    })),
    sources: [...catalogue.sources.values()].map((source) => ({
      id: source.id,
      title: source.title,
      simulated: source.simulated,
      ...(source.kind === 'files' && source.document ? { document: source.document } : {}),
    })),
    boards: [...catalogue.boards.values()],
    calendars: [...catalogue.calendars.values()].map(({ id, file }) => ({ id, ...file })),
    populations: [...(catalogue.populations?.values() ?? [])].map(({ values: _, ...about }) => about),
    screens: [...(catalogue.screens?.values() ?? [])],
    scenes: [...(catalogue.scenes?.values() ?? [])],
    groups: [...(catalogue.groups?.values() ?? [])],
  }
}

/** A catalogue as every screen is told it, written once for all of them. */
const TOLD = new WeakMap<Catalogue, { readonly text: string; readonly tag: string }>()
export function toldOf(things: Catalogue) {
  const known = TOLD.get(things)
  if (known) return known
  const text = JSON.stringify(declared(things))
  const told = { text, tag: `W/"${createHash('sha1').update(text).digest('base64url')}"` }
  TOLD.set(things, told)
  return told
}
