/** What the doctor says about folds, and what to do about each thing it finds. */

import type { Span } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import type { Overlap } from '../store/overlaps.ts'
import type { Difference } from '../store/recount.ts'
import type { Finding } from './finding.ts'

export function said({ fault, grain, indicator, day, buckets, from }: Difference): Finding {
  const place = {
    vi: `${indicator}, ${buckets} ô mức ${grain} của ngày ${when(day).slice(0, 10)} (đầu tiên ${when(from)})`,
    en: `${indicator}, ${buckets} ${grain} buckets of ${when(day).slice(0, 10)} (the first ${when(from)})`,
  }
  const [what, remedy] = {
    unfolded: [{ vi: 'có quan sát chưa được gộp', en: 'observations that are not folded' }, REPAIR] as const,
    different: [{ vi: 'số gộp khác với số tính lại', en: 'the fold differs from what it comes to' }, REPAIR] as const,
    lost: [
      {
        vi: 'số gộp đếm nhiều quan sát hơn số còn lại: đã mất dữ liệu',
        en: 'the fold counted more observations than there are: some are lost',
      },
      RESTORE,
    ] as const,
  }[fault]
  return {
    ...{ check: 'folds', weight: 'wrong', remedy },
    what: { vi: `${place.vi}: ${what.vi}`, en: `${place.en}: ${what.en}` },
  }
}

export function doubled({ source, indicator, spans, members, span, before }: Overlap): Finding {
  const whose = Object.values(members).join(', ')
  const words = (one: Span) => ({
    vi: `${when(one.from)} đến ${when(one.to)}`,
    en: `${when(one.from)} to ${when(one.to)}`,
  })
  const [here, there] = [words(span), words(before)]
  return {
    ...{ check: 'overlaps', weight: 'wrong', remedy: TAKEN_BACK },
    what: {
      vi: `nguồn ${source}, ${indicator}: ${spans} khoảng bắt đầu trong một khoảng nguồn đã nói (đầu tiên ${whose}: ${here.vi} trong ${there.vi}), phần chung được đếm hai lần`,
      en: `source ${source}, ${indicator}: ${spans} spans begin within one the source says, too (the first ${whose}: ${here.en} in ${there.en}), what both cover is counted twice`,
    },
  }
}

export const seconds = (ms: number) => Math.round(ms / 1000)
/** A moment as people in Viet Nam read it. */
export const when = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

export const RESTORE: Text = {
  vi: 'khôi phục bản sao lưu gần nhất vào một thư mục mới (npm run restore -- --from …), rồi để bộ thu thập hỏi lại phần sau đó',
  en: 'restore the latest backup into a new folder (npm run restore -- --from …) and let the collectors ask for what came after it',
}
const TAKEN_BACK: Text = {
  vi: 'nhờ nguồn rút một trong hai khoảng (khai báo withdrawn), hoặc sửa khai báo nguồn để khoảng sau được giữ lại chờ người xem (to, revisit)',
  en: 'have the source take one of the two back (withdrawn in its declaration), or mend the declaration so that the later one is held for a person (to, revisit)',
}
export const QUIET: Text = {
  vi: 'không phải hỏng: máy quá bận hoặc thiếu bộ nhớ; chạy lại lúc máy rảnh, không kèm --all',
  en: 'nothing is broken by that: the machine is too busy, or short of memory; run it again when it is quiet, without --all',
}
export const CLOCK: Text = {
  vi: 'không có số nào sai (thứ tự theo lúc nhận), nhưng “như đã biết lúc T” quanh các thời điểm đó thì không chắc; hãy bật đồng bộ giờ (NTP)',
  en: 'no number is wrong (versions go by when they were received), but “as known at T” around these times is not certain; turn on time synchronisation (NTP)',
}
export const FETCHED: Text = {
  vi: 'xem /wall/system: cửa sổ nào chưa lấy được sẽ tự được hỏi lại; nếu đã lấy đủ thì nguồn không nói gì cho thời gian đó',
  en: 'see /wall/system: windows that were not fetched are asked for again by themselves; if all are fetched, the source said nothing for that time',
}
export const DEFINED: Text = {
  vi: 'hệ thống tự làm khi khởi động hoặc đang làm; nếu nó đang dừng, có thể chạy npm run doctor -- --repair',
  en: 'the system does it when it starts, or is doing it; while it stands still npm run doctor -- --repair does',
}
const REPAIR: Text = {
  vi: 'chạy npm run doctor -- --repair để gộp lại',
  en: 'run npm run doctor -- --repair to fold it anew',
}
