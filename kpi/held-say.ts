/** Why a value is held, in words: the stable codes with their figures that the border writes, as sentences. Pure. */
import { formatNumber } from './format.ts'
import type { Language, Text } from './text.ts'

/** `jump 5120 usual 840 weeks 4 times 5`, or `days 3`: as `plausible.ts` writes it. */
const JUMP = /^jump (\S+) usual (\S+) (weeks|days) (\d+) times (\S+)$/

const number = (text: string, language: Language) =>
  /^-?\d+(\.\d+)?$/.test(text) ? formatNumber(text, language, text.split('.')[1]?.length ?? 0) : text

const both = (say: (language: Language) => string): Text => ({ vi: say('vi'), en: say('en') })
const plain = (vi: string, en: string) => (rest: string) => ({
  vi: rest === '' ? vi : `${vi}: ${rest}`,
  en: rest === '' ? en : `${en}: ${rest}`,
})
const bound = (vi: string, en: string) => (rest: string) =>
  both((language) => `${language === 'vi' ? vi : en} ${number(rest, language)}`)

function jumped(rest: string): Text {
  const [, value = '', usual = '', of = '', many = '', times = ''] = JUMP.exec(`jump ${rest}`) ?? []
  if (value === '') return plain('khác hẳn giờ này các tuần trước', 'unlike this hour of the weeks before')(rest)
  const more = Number(value) > Number(usual)
  const [hours, hoursIn] =
    of === 'weeks'
      ? [`của giờ này, cùng thứ, ${many} tuần trước`, `of this hour and weekday in ${many} weeks before`]
      : [`của giờ này, ${many} ngày cùng loại trước đó`, `of this hour on ${many} like days before`]
  return {
    vi: `${more ? 'gấp hơn' : 'chưa bằng một phần'} ${number(times, 'vi')} ${more ? 'lần' : 'của'} mức thường ${number(usual, 'vi')} ${hours} (nguồn nêu ${number(value, 'vi')})`,
    en: `${more ? 'more than' : 'less than one part in'} ${number(times, 'en')}${more ? ' times' : ' of'} the usual ${number(usual, 'en')} ${hoursIn} (the source says ${number(value, 'en')})`,
  }
}

function twice(rest: string): Text {
  const [one = '', other = ''] = rest.split(' ')
  return both((language) =>
    language === 'vi'
      ? `một câu trả lời nêu hai giá trị khác nhau: ${number(one, 'vi')} và ${number(other, 'vi')}`
      : `one answer states two different values: ${number(one, 'en')} and ${number(other, 'en')}`,
  )
}

function fell(rest: string): Text {
  const [before = '', now = ''] = rest.split(' ')
  return both((language) =>
    language === 'vi'
      ? `số lũy kế giảm từ ${number(before, 'vi')} xuống ${number(now, 'vi')} mà không có kỳ đặt lại`
      : `a running total fell from ${number(before, 'en')} to ${number(now, 'en')} without a reset`,
  )
}

/** `13.681 or 13681: say numbers: vi or en`, as `doubt.ts` of the collectors writes it. */
function read(rest: string): Text {
  const [one = '', other = ''] = rest.split(': ')[0]?.split(' or ') ?? []
  return {
    vi: `số có hai cách đọc: ${one} hoặc ${other}; hãy khai numbers: vi hoặc en`,
    en: `a number with two readings: ${one} or ${other}; declare numbers: vi or en`,
  }
}

const DATE = /(\d{4})-(\d{2})-(\d{2})/g
/** A date as Vietnamese readers write it. */
const DAY_FIRST = '$3/$2/$1'

/** `2026-10-15 to 2026-11-14`, the last day included, or moments `2026-10-05T15:00`. */
function overlapped(rest: string): Text {
  const said = rest.replaceAll(/(\d)T(\d)/g, '$1 $2')
  return {
    vi: `chồng lên một khoảng thời gian đã nêu: ${said.replaceAll(DATE, DAY_FIRST).replace(' to ', ' đến ')}`,
    en: `it overlaps a span that was stated: ${said}`,
  }
}

const SAID: Readonly<Record<string, (rest: string) => Text>> = {
  jump: jumped,
  'below-minimum': bound('nhỏ hơn mức nhỏ nhất có thể', 'below the least it can be,'),
  'above-maximum': bound('lớn hơn mức lớn nhất có thể', 'above the most it can be,'),
  'too-great': plain(
    'lớn đến mức cộng lại sẽ không còn đúng (từ 25 chữ số)',
    'too great to be added up exactly (25 digits or more)',
  ),
  'in-the-future': plain('thời gian nằm trong tương lai', 'its time lies in the future'),
  'ends-before-it-begins': plain('kết thúc trước khi bắt đầu', 'it ends before it begins'),
  'stated-twice': twice,
  'total-fell': fell,
  'two-readings': read,
  overlaps: overlapped,
  'identity-broken': plain('không khớp với các số cùng dòng', 'it does not agree with the other figures of its row'),
  'not-quoted': plain('trích dẫn không chứa con số này', 'the quote does not hold this figure'),
  'outside-the-document': plain('ngoài thời gian của tài liệu', 'outside the days of the document'),
  'beside-the-document': plain('không phải lời của tài liệu', 'not of the text of the document'),
  'wanted-not-reached': plain('là mục tiêu, chưa phải kết quả', 'it is a target, no result'),
  'no-national-report': plain('Cổng báo không có số liệu', 'the portal says that there are no data'),
  'unknown-member': plain('mã không có trong danh mục vào ngày đó', 'a code nobody bears on that day'),
  'unknown-name': plain('tên không có trong danh mục vào ngày đó', 'a name nobody bears on that day'),
  'ambiguous-name': plain('tên chỉ nhiều hơn một đơn vị', 'a name of more than one'),
}

const dated = (word: string) => new RegExp(` ${word} ${DATE.source}`, 'g')

/** Words of the border within what it says of codes and names, in Vietnamese; ids stand as they are. */
const WITHIN: readonly (readonly [RegExp, string])[] = [
  [/^as a code of (\S+) it is /, 'là mã của $1 thì đó là '],
  [/^not on that day or not under that title: /, 'không phải ngày đó, hoặc không phải cấp đó: '],
  [/^did you mean /, 'có phải là '],
  [/^on other dates /, 'vào ngày khác: '],
  [dated('on'), ` ngày ${DAY_FIRST}`],
  [dated('until'), ` đến hết ${DAY_FIRST}`],
  [dated('since'), ` từ ${DAY_FIRST}`],
  [/ may be /g, ' có thể là '],
  [/ or /g, ' hoặc '],
]
const within = (text: string) => WITHIN.reduce((said, [word, own]) => said.replace(word, own), text)
const OF_NAMES = /^(unknown-member|unknown-name|ambiguous-name)$/

/** The reason of a held observation in both languages; what has no sentence of its own is said as it stands, or as “tiếng Việt | English” says it. */
export function sayHeld(reason: string): Text {
  const parts = reason
    .split('; ')
    .filter(Boolean)
    .map((part): Text => {
      const [code = '', ...rest] = part.split(' ')
      const name = code.replace(/:$/, '')
      const said = SAID[name]?.(rest.join(' '))
      const [inVietnamese = '', inEnglish] = part.split(' | ')
      if (!said) return inEnglish === undefined ? { vi: within(part), en: part } : { vi: inVietnamese, en: inEnglish }
      return OF_NAMES.test(name) ? { vi: within(said.vi), en: said.en } : said
    })
  return { vi: parts.map(({ vi }) => vi).join('; '), en: parts.map(({ en }) => en).join('; ') }
}
