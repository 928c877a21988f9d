/** What is said in the log of the record of what was shown. */
import type { Text } from '../../kpi/text.ts'

/** `at` is when something was shown, `name` a file of what waits for the store. */
export const SAY = {
  nowhere: {
    vi: 'đã hiện: không ghi được điều màn hình nói, vào kho cũng như xuống đĩa',
    en: 'shown: what the glass says can be written neither to the store nor to the disk',
  },
  unread: {
    vi: 'đã hiện: chưa đọc được phần chờ kho trên đĩa; sẽ thử lại',
    en: 'shown: what waits for the store on disk cannot be read now; it is tried again',
  },
  dropped: (names: readonly string[]): Text => ({
    vi: `đã hiện: refused/ đầy; đã bỏ tệp cũ nhất: ${names.join(', ')}`,
    en: `shown: refused/ is full; the oldest there are gone: ${names.join(', ')}`,
  }),
  later: (name: string): Text => ({
    vi: `đã hiện: đĩa chưa đọc được ${name}; sẽ thử lại`,
    en: `shown: the disk does not give ${name} now; it is tried again`,
  }),
  damaged: (name: string): Text => ({ vi: `${name} hỏng`, en: `${name} is damaged` }),
  unfit: { vi: 'kho nhận phần khác mà từ chối phần này', en: 'the store takes others and refuses this' },
  lost: (why: Text, at: string, name: string | undefined): Text => {
    const [vi, en] =
      name === undefined ? ['', ''] : [`; ${name} được chuyển vào refused/`, `; ${name} was moved to refused/`]
    return {
      vi: `đã hiện: ${why.vi}; điều đã hiện lúc ${at} không có trong bản ghi${vi}`,
      en: `shown: ${why.en}; what was shown at ${at} is not in its record${en}`,
    }
  },
  refused: {
    vi: 'đã hiện: kho từ chối điều màn hình nói; phần này chờ, thử các phần khác',
    en: 'shown: the store refuses what the glass says; it waits, and the others are tried',
  },
  tooMuch: (at: string): Text => ({
    vi: `đã hiện: quá nhiều phần chờ kho; điều đã hiện từ ${at} không có trong bản ghi`,
    en: `shown: too much waits for the store; what was shown from ${at} on is not in its record`,
  }),
} as const
