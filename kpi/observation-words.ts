/** What the states and the exactness of observations are called, and what they mean for what is counted, in both languages. */
import type { Qualifier, State } from './observation.ts'
import type { Text } from './text.ts'

export const STATE_WORDS: Readonly<Record<State, Text>> = {
  taken: { vi: 'đã nhận', en: 'taken' },
  held: { vi: 'đang giữ lại', en: 'held' },
  withdrawn: { vi: 'đã rút lại', en: 'withdrawn' },
  refused: { vi: 'đã từ chối', en: 'refused' },
}

export const STATE_MEANINGS: Readonly<Record<State, Text>> = {
  taken: { vi: 'được tính', en: 'it counts' },
  held: { vi: 'chưa được tính, chờ người kiểm tra', en: 'not counted, waiting for a person' },
  withdrawn: { vi: 'không còn được tính', en: 'counted no longer' },
  refused: { vi: 'không được tính: người kiểm tra đã từ chối', en: 'not counted: a person refused it' },
}

export const QUALIFIER_WORDS: Readonly<Record<Qualifier, Text>> = {
  exact: { vi: 'chính xác', en: 'exact' },
  about: { vi: 'khoảng', en: 'about' },
  below: { vi: 'dưới', en: 'below' },
  above: { vi: 'trên', en: 'above' },
}

export const QUALIFIER_MEANINGS: Readonly<Record<Qualifier, Text>> = {
  exact: { vi: 'nguồn nêu đúng số này', en: 'the source says just this figure' },
  about: { vi: 'nguồn nêu “gần”, “khoảng” số này', en: 'the source says “nearly”, “about” this figure' },
  below: { vi: 'nguồn nêu “dưới” số này', en: 'the source says “below” this figure' },
  above: { vi: 'nguồn nêu “trên” số này', en: 'the source says “above” this figure' },
}
