/** The catalogue as screens are told it. */
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
