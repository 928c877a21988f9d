/** SDMX sources: a data query over HTTP, whose message is read by its format; no data is an answer where that is declared. */
import type { SourceOf } from '../../kpi/source.ts'
import { httpOf } from '../../kpi/source-sdmx.ts'
import { Failure } from './http/failure.ts'
import { wrongOf } from './http/reach.ts'
import { planned } from './http/timing.ts'
import { fetchAll, windowed } from './http.ts'
import type { Kind } from './kind.ts'

type Sdmx = SourceOf<'sdmx'>

export const sdmx: Kind<Sdmx> = {
  whole: false,
  ...planned<Sdmx>(windowed),
  async fetch(source, asked, context) {
    try {
      return await fetchAll({ ...httpOf(source), id: source.id, folder: source.folder }, asked, context)
    } catch (cause) {
      const none = source['404'] === 'nothing' && cause instanceof Failure && cause.verdict.status === 404
      return none ? { rows: [], digest: '' } : wrongOf(cause)
    }
  },
}
