/** Push sources are never asked: they send rows by themselves (`intake.ts`); only how long what they said is remembered is theirs. */
import { duration } from '../../kpi/range.ts'
import type { SourceOf } from '../../kpi/source.ts'
import type { Kind } from './kind.ts'

export const push: Kind<SourceOf<'push'>> = {
  whole: false,
  asks: async () => [],
  history: () => null,
  begin: () => null,
  horizon: (source, _, now) => now - (duration(source.revisit) ?? 0),
  fetch: async () => ({
    wrong: { vi: 'nguồn này tự gửi, không hỏi được', en: 'this source pushes and cannot be asked' },
  }),
  progress: (_, cursor) => ({ done: cursor.turn > 0 ? 1 : 0, wanted: 1 }),
}
