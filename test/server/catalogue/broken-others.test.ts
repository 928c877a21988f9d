/** Sources, boards, dimensions and whole files broken by hand: place, field and a sentence in both languages, one problem each. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadCatalogue } from '../../../server/catalogue/load.ts'
import { edited, type Files, folderOf, loadWith, SOUND, VARIABLES } from './folder.ts'

const I = 'indicators/documents/sent.yaml'
const S = 'sources/axis.yaml'
const B = 'boards/wall.yaml'
const D = 'dimensions/unit.yaml'

const BROKEN: readonly (readonly [what: string, files: Files, place: string, vi: string, en: string])[] = [
  [
    'a kind of source with letters swapped',
    edited(S, ['kind: http', 'kind: htpp']),
    'sources/axis.yaml:2:7 kind',
    'đang là htpp, cần http hoặc evaluation hoặc files hoặc push hoặc sql hoặc sdmx; có phải ý là http?',
    'is htpp, must be http or evaluation or files or push or sql or sdmx; did you mean http?',
  ],
  [
    'a schedule of five parts',
    edited(S, ['span: 5m\nobs', 'span: 5m\nevery: "*/5 * * * *"\nobs']),
    'sources/axis.yaml:5:8 every',
    'cần sáu phần "giây phút giờ ngày tháng thứ", ví dụ "0 */5 * * * *"',
    'needs six parts "second minute hour day month weekday", such as "0 */5 * * * *"',
  ],
  [
    'a moment without its field',
    edited(S, ['from: { field: period }', 'from: period']),
    'sources/axis.yaml:7:11 observations[0].from',
    'đang là period, cần các trường { field, format, zone }',
    'is period, must be the fields { field, format, zone }',
  ],
  [
    'a number for a field name',
    edited(S, ['value: sent', 'value: 5']),
    'sources/axis.yaml:9:12 observations[0].value',
    'đang là số 5, cần chữ không để trống hoặc các trường { sum, less } hoặc các trường { gap } hoặc các trường { percent, of }; nếu là chữ, đặt trong dấu nháy: "5"',
    'is the number 5, must be text that is not empty or the fields { sum, less } or the fields { gap } or the fields { percent, of }; if it is text, put it in quotes: "5"',
  ],
  [
    'a country for a language',
    edited(S, ['value: sent', 'value: sent\n    numbers: vn']),
    'sources/axis.yaml:10:14 observations[0].numbers',
    'đang là vn, cần decimal | vi | en; có phải ý là vi?',
    'is vn, must be decimal | vi | en; did you mean vi?',
  ],
  [
    'years in capitals',
    edited(S, ['{ field: period }', '{ field: period, format: YYYY-MM-DD }']),
    'sources/axis.yaml:7:36 observations[0].from.format',
    'YYYY-MM-DD không đọc được ngày: năm là yyyy, tháng là MM, ngày là dd, phút là mm; hoặc ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end',
    'YYYY-MM-DD reads no day: years are yyyy, months MM, days dd, minutes mm; or ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end',
  ],
  [
    'a time zone that does not exist',
    edited(S, ['{ field: period }', '{ field: period, zone: Asia/Hanoi }']),
    'sources/axis.yaml:7:34 observations[0].from.zone',
    'không có múi giờ Asia/Hanoi; ví dụ Asia/Ho_Chi_Minh',
    'there is no time zone Asia/Hanoi; an example is Asia/Ho_Chi_Minh',
  ],
  [
    'yes for true',
    edited(S, ['kind: http', 'simulated: "yes"\nkind: http']),
    'sources/axis.yaml:2:12 simulated',
    'đang là "yes", cần true hoặc false',
    'is "yes", must be true or false',
  ],
  [
    'a duration without its unit',
    edited(S, ['span: 5m\nobs', 'span: 5\nobs']),
    'sources/axis.yaml:4:7 span',
    'đang là số 5, cần khoảng thời gian như 30s, 5m, 1h hoặc 1d; nếu là chữ, đặt trong dấu nháy: "5"',
    'is the number 5, must be a duration such as 30s, 5m, 1h or 1d; if it is text, put it in quotes: "5"',
  ],
  [
    'a field of another kind of source',
    edited(S, ['kind: http', 'kind: http\ndocument: x.csv']),
    'sources/axis.yaml:3:1 document',
    'không có trường này; có thể dùng: title, simulated, system, every, jitter, retain, personal, split, skip, identities, observations, kind, method, url, body, format, rows, carry, encoding, delimiter, comment, header, columns, sheet, merged, paging, headers, auth, tls, allow, timeout, retries, concurrency, limits, span, delay, chunk, backfill, revisit',
    'is not a field here; there are: title, simulated, system, every, jitter, retain, personal, split, skip, identities, observations, kind, method, url, body, format, rows, carry, encoding, delimiter, comment, header, columns, sheet, merged, paging, headers, auth, tls, allow, timeout, retries, concurrency, limits, span, delay, chunk, backfill, revisit',
  ],
  [
    'a file name for an id',
    edited(S, ['- indicator: documents/sent', '- indicator: documents/sent.yaml']),
    'sources/axis.yaml:6:16 observations[0].indicator',
    'không có chỉ tiêu documents/sent.yaml; có phải ý là documents/sent?',
    'there is no indicator documents/sent.yaml; did you mean documents/sent?',
  ],
  [
    'a dimension in the plural',
    edited(S, [
      '{ unit: { field: code, codes: qd19 } }',
      '{ unit: { field: code, codes: qd19 }, units: { field: code, codes: qd19 } }',
    ]),
    'sources/axis.yaml:10:59 observations[0].members.units',
    'không có chiều units; có phải ý là unit?',
    'there is no dimension units; did you mean unit?',
  ],
  [
    'one thing stated twice',
    edited(S, ['- indicator: documents/received', '- indicator: documents/sent']),
    'sources/axis.yaml:11:5 observations[1]',
    'observations[0] đã nói documents/sent của cùng đơn vị và thời gian; mỗi điều chỉ nói một lần',
    'observations[0] states documents/sent of the same members and time already; say each thing once',
  ],
  [
    'a view in the plural',
    edited(B, ['view: ranking', 'view: rankings']),
    'boards/wall.yaml:5:17 rows[0].panels[1].view',
    'đang là rankings, cần number | line | ranking | map | table | heatmap | funnel | stack | scorecard | statements | system | incidents | text | clock; có phải ý là ranking?',
    'is rankings, must be number | line | ranking | map | table | heatmap | funnel | stack | scorecard | statements | system | incidents | text | clock; did you mean ranking?',
  ],
  [
    'one dimension without brackets',
    edited(B, ['by: [unit]', 'by: unit']),
    'boards/wall.yaml:5:76 rows[0].panels[1].slice.by',
    'đang là unit, cần danh sách; viết [unit]',
    'is unit, must be a list; write [unit]',
  ],
  [
    'a panel wider than the board',
    edited(B, ['width: 8', 'width: 13']),
    'boards/wall.yaml:5:33 rows[0].panels[1].width',
    'đang là số 13, cần số nguyên từ 1 đến 12',
    'is the number 13, must be a whole number from 1 to 12',
  ],
  [
    'panels that do not fit their row',
    edited(B, ['width: 8', 'width: 9']),
    'boards/wall.yaml:4:7 rows[0].panels',
    'các ô của một hàng rộng tổng cộng 13 cột, nhiều nhất là 12',
    'the panels of a row take 13 columns together, at most 12',
  ],
  [
    'a first panel under nothing',
    edited(B, ['view: number, width: 4', 'view: number, under: true, width: 4']),
    'boards/wall.yaml:4:32 rows[0].panels[0].under',
    'ô đầu của hàng không có ô nào ở trước để đứng dưới',
    'the first panel of a row has none before it to stand under',
  ],
  [
    'a window there is not',
    edited(B, ['by: [unit]', 'by: [unit], window: 10m']),
    'boards/wall.yaml:5:92 rows[0].panels[1].slice.window',
    'đang là 10m, cần today | yesterday | 60m | 24h | 7d | 30d | latest; có phải ý là 60m?',
    'is 10m, must be today | yesterday | 60m | 24h | 7d | 30d | latest; did you mean 60m?',
  ],
  [
    'a slice of nothing',
    edited(B, ['{ indicator: documents/sent, by: [unit] }', '{ by: [unit] }']),
    'boards/wall.yaml:5:43 rows[0].panels[1].slice.indicator',
    'thiếu trường này, cần mã gồm chữ thường không dấu, chữ số, dấu -, _, . và /',
    'is missing, give an id of lower-case ASCII letters, digits, -, _, . and /',
  ],
  [
    'no rows',
    { [B]: 'title: { vi: a, en: b }\nrows: []\n' },
    'boards/wall.yaml:2:7 rows',
    'đang là danh sách trống, cần danh sách có ít nhất một dòng',
    'is an empty list, must be a list of at least one item',
  ],
  [
    'a panel without a view',
    edited(B, ['view: number, ', '']),
    'boards/wall.yaml:4:9 rows[0].panels[0].view',
    'thiếu trường này, cần number | line | ranking | map | table | heatmap | funnel | stack | scorecard | statements | system | incidents | text | clock',
    'is missing, give number | line | ranking | map | table | heatmap | funnel | stack | scorecard | statements | system | incidents | text | clock',
  ],
  [
    'a list where pairs belong',
    edited(B, ['where: { unit: ha-noi }', 'where: [ha-noi]']),
    'boards/wall.yaml:4:78 rows[0].panels[0].slice.where',
    'đang là một danh sách, cần các cặp tên: giá trị',
    'is a list, must be pairs of name: value',
  ],
  [
    'a member with a letter wrong',
    edited(B, ['unit: ha-noi', 'unit: ha-noy']),
    'boards/wall.yaml:4:86 rows[0].panels[0].slice.where.unit',
    'không có thành viên của unit: ha-noy; có phải ý là ha-noi?',
    'there is no member of unit: ha-noy; did you mean ha-noi?',
  ],
  [
    'a name for an id',
    edited(B, ['unit: ha-noi', 'unit: Hà Nội']),
    'boards/wall.yaml:4:86 rows[0].panels[0].slice.where.unit',
    'đang là Hà Nội, cần mã gồm chữ thường không dấu, chữ số, dấu -, _, . và /',
    'is Hà Nội, must be an id of lower-case ASCII letters, digits, -, _, . and /',
  ],
  [
    'a form of another view',
    edited(B, ['view: ranking', 'view: ranking, form: tiles']),
    'boards/wall.yaml:5:32 rows[0].panels[1].form',
    'chỉ view map có form; bỏ ở ranking',
    'only the view map has form; remove it from ranking',
  ],
  [
    'a choice of another view',
    edited(B, ['view: number', 'view: number, show: all']),
    'boards/wall.yaml:4:31 rows[0].panels[0].show',
    'chỉ view ranking có show; bỏ ở number',
    'only the view ranking has show; remove it from number',
  ],
  [
    'a heat map of one day',
    edited(B, ['view: ranking', 'view: heatmap']),
    'boards/wall.yaml:5:43 rows[0].panels[1].slice',
    'mỗi cột của heatmap là một ngày, cần window: 7d hoặc 30d',
    'each column of a heatmap is a day, it needs window: 7d or 30d',
  ],
  [
    'a heat map without rows',
    edited(B, ['view: ranking', 'view: heatmap'], ['by: [unit]', 'window: 7d']),
    'boards/wall.yaml:5:43 rows[0].panels[1].slice',
    'heatmap cần đúng một chiều cho các hàng, ví dụ by: [unit]',
    'heatmap needs one dimension for its rows, such as by: [unit]',
  ],
  [
    'percentages piled up',
    edited(B, ['view: ranking', 'view: stack'], ['documents/sent, by: [unit]', 'documents/share, by: [unit]']),
    'boards/wall.yaml:5:54 rows[0].panels[1].slice.indicator',
    'các phần của documents/share không cộng lại được; stack cần một số đếm, hoặc dùng view ranking',
    'the parts of documents/share do not add up; stack needs a count, or use the view ranking',
  ],
  [
    'steps of two units',
    edited(
      B,
      ['view: ranking', 'view: funnel'],
      [
        'slice: { indicator: documents/sent, by: [unit] }',
        'slices: [{ indicator: documents/sent }, { indicator: documents/share }]',
      ],
    ),
    'boards/wall.yaml:5:88 rows[0].panels[1].slices[1].indicator',
    'các bước của funnel phải cùng đơn vị với documents/sent',
    'the steps of a funnel must have the unit of documents/sent',
  ],
  [
    'a funnel that splits nothing',
    edited(B, ['view: ranking', 'view: funnel'], ['documents/sent, by: [unit]', 'documents/sent']),
    'boards/wall.yaml:5:42 rows[0].panels[1].slice',
    'funnel cần đúng một chiều cho các bước, ví dụ by: [document-status]; hoặc dùng slices',
    'funnel needs one dimension for its steps, such as by: [document-status]; or use slices',
  ],
  [
    'a column that is no column',
    edited(B, ['view: ranking', 'view: table'], ['documents/sent, by: [unit]', 'documents/sent']),
    'boards/wall.yaml:5:41 rows[0].panels[1].slice',
    'mỗi cột của table chia theo đúng một chiều, ví dụ by: [unit]',
    'each column of a table splits by one dimension, such as by: [unit]',
  ],
  [
    'words without words',
    edited(B, [
      '{ view: ranking, width: 8, slice: { indicator: documents/sent, by: [unit] } }',
      '{ view: text, width: 8 }',
    ]),
    'boards/wall.yaml:5:9 rows[0].panels[1]',
    'text cần text: { vi, en }',
    'text needs text: { vi, en }',
  ],
  [
    'a clock of something',
    edited(B, ['view: ranking', 'view: clock'], ['documents/sent, by: [unit]', 'documents/sent']),
    'boards/wall.yaml:5:41 rows[0].panels[1].slice',
    'clock là giờ máy chủ, bỏ slice',
    'clock is the time of the server, remove slice',
  ],
  [
    'a parent that does not exist',
    edited(D, ['- { id: ha-noi,', '- { id: ha-noi, parents: [viet-nam],']),
    'dimensions/unit.yaml:18:29 members[4].parents[0]',
    'không có thành viên của unit: viet-nam',
    'there is no member of unit: viet-nam',
  ],
  [
    'a code that lost its nought',
    edited(D, ['code: "01"', 'code: 01']),
    'dimensions/unit.yaml:18:83 members[4].codes[0].code',
    'đang là số 01, cần chữ không để trống; nếu là chữ, đặt trong dấu nháy: "01"',
    'is the number 01, must be text that is not empty; if it is text, put it in quotes: "01"',
  ],
  [
    'a unit that succeeds itself',
    edited(D, [
      'successors: [gia-lai-2025]\n    codes: [{ system: qd19, code: "64"',
      'successors: [gia-lai]\n    codes: [{ system: qd19, code: "64"',
    ]),
    'dimensions/unit.yaml:7:18 members[1].successors[0]',
    'gia-lai không có mặt vào ngày sau 2025-06-30, ngày cuối của gia-lai',
    'gia-lai is not there on the day after 2025-06-30, the last day of gia-lai',
  ],
  [
    'a code that outlives its unit',
    edited(D, ['code: "64", to: 2025-06-30', 'code: "64", to: 2026-06-30']),
    'dimensions/unit.yaml:8:45 members[1].codes[0].to',
    'mã 64 có giá trị ngoài thời gian tồn tại của gia-lai (… – 2025-06-30)',
    'the code 64 is valid outside the days of gia-lai (… – 2025-06-30)',
  ],
  [
    'a member of a group with a letter wrong',
    edited(D, ['members: [gia-lai-2025, ha-noi]', 'members: [gia-lai-2025, ha-noy]']),
    'dimensions/unit.yaml:3:73 members[0].members[1]',
    'không có thành viên của unit: ha-noy; có phải ý là ha-noi?',
    'there is no member of unit: ha-noy; did you mean ha-noi?',
  ],
  [
    'a unit without a name',
    edited(D, ['- { id: ha-noi, name: { vi: Hà Nội, en: Ha Noi },', '- { id: ha-noi,']),
    'dimensions/unit.yaml:18:5 members[4].name',
    'thiếu trường này, cần các trường { vi, en }',
    'is missing, give the fields { vi, en }',
  ],
  [
    'an id with accents',
    edited(D, ['id: ha-noi', 'id: Hà-Nội']),
    'dimensions/unit.yaml:18:11 members[4].id',
    'đang là Hà-Nội, cần mã gồm chữ thường không dấu, chữ số, dấu -, _, . và /',
    'is Hà-Nội, must be an id of lower-case ASCII letters, digits, -, _, . and /',
  ],
  [
    'a file of comments alone',
    { [B]: '# nothing\n' },
    'boards/wall.yaml:1:1 ',
    'đang là để trống, cần các trường { title, layout, note, rows }',
    'is empty, must be the fields { title, layout, note, rows }',
  ],
  [
    'a list for a declaration',
    { [I]: '- a\n- b\n' },
    'indicators/documents/sent.yaml:1:1 ',
    'đang là một danh sách, cần các trường { title, unit, … }',
    'is a list, must be the fields { title, unit, … }',
  ],
  [
    'two declarations in one file',
    { [I]: `${SOUND[I]}---\n${SOUND[I]}` },
    'indicators/documents/sent.yaml:6:1 ',
    'YAML không đúng: mỗi tệp chỉ có một bản khai, bỏ dòng ---',
    'broken YAML: one declaration per file, remove the --- line (Source contains multiple documents; please use YAML.parseAllDocuments())',
  ],
  [
    'a stray control character',
    { [I]: `${SOUND[I]}\u0000` },
    'indicators/documents/sent.yaml:6:1 ',
    'ở đây có một ký tự điều khiển không nhìn thấy được; xóa và gõ lại chỗ này',
    'there is a control character here that cannot be seen; delete it and type this again',
  ],
  [
    'an alias that explodes',
    {
      [I]: 'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d]\n',
    },
    'indicators/documents/sent.yaml:1:1 ',
    'YAML không đúng: quá nhiều chỗ lặp lại bằng dấu *',
    'broken YAML: too much is repeated with * (Excessive alias count indicates a resource exhaustion attack)',
  ],
  [
    'a kind of unit with a letter wrong',
    edited(
      D,
      ['members:\n', 'kinds:\n  province: { title: { vi: Tỉnh, en: Province } }\nmembers:\n'],
      ['- { id: ha-noi,', '- { id: ha-noi, kind: provinse,'],
    ),
    'dimensions/unit.yaml:20:25 members[4].kind',
    'không có loại provinse; có phải ý là province?',
    'there is no kind provinse; did you mean province?',
  ],
  [
    'a day without a year',
    edited(S, ['{ field: period }', '{ field: period, format: "dd/MM HH:mm" }']),
    'sources/axis.yaml:7:36 observations[0].from.format',
    'dd/MM HH:mm không đọc được ngày: năm là yyyy, tháng là MM, ngày là dd, phút là mm; hoặc ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end',
    'dd/MM HH:mm reads no day: years are yyyy, months MM, days dd, minutes mm; or ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end',
  ],
  [
    'minutes for months',
    edited(S, ['{ field: period }', '{ field: period, format: yyyy-mm-dd }']),
    'sources/axis.yaml:7:36 observations[0].from.format',
    'yyyy-mm-dd không đọc được ngày: năm là yyyy, tháng là MM, ngày là dd, phút là mm; hoặc ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end',
    'yyyy-mm-dd reads no day: years are yyyy, months MM, days dd, minutes mm; or ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end',
  ],
  [
    'a dimension that is left open',
    { [I]: SOUND[I].replace('rhythm: 5m', 'dimensions: [unit, source]') },
    'sources/axis.yaml:10:14 observations[0].members',
    'documents/sent chia theo source; khai thành viên nào ở đây, ví dụ { field: … } hoặc { fixed: … }',
    'documents/sent is split by source; say which member here, such as { field: … } or { fixed: … }',
  ],
  [
    'a * that nobody set',
    edited(I, ['rhythm: 5m', 'rhythm: *beat']),
    'indicators/documents/sent.yaml:4:9 ',
    'YAML không đúng: tên sau dấu * chưa được đặt bằng dấu &',
    'broken YAML: the name after * was never set with & (Unresolved alias (the anchor must be set before the alias): beat)',
  ],
  [
    'a text with a colon in braces',
    edited(I, ['vi: Văn bản gửi', 'vi: Văn bản: gửi']),
    'indicators/documents/sent.yaml:1:14 ',
    'YAML không đúng: trong { } có chữ chứa dấu hai chấm: đặt chữ đó trong dấu nháy',
    'broken YAML: a text with a colon within { }: put it in quotes (Block collections are not allowed within flow collections)',
  ],
  [
    'a group that holds itself',
    edited(D, ['members: [gia-lai-2025, ha-noi]', 'members: [ha-noi, group]']),
    'dimensions/unit.yaml:3:58 members[0].members',
    'nhóm group chứa chính nó',
    'the group group holds itself',
  ],
  [
    'a sign nobody sees',
    edited(I, ['en: Sent', 'en: Se\u0000nt']),
    'indicators/documents/sent.yaml:1:33 ',
    'ở đây có một ký tự điều khiển không nhìn thấy được; xóa và gõ lại chỗ này',
    'there is a control character here that cannot be seen; delete it and type this again',
  ],
  [
    'a folder of another name',
    { 'indicator/documents/sent.yaml': SOUND[I] },
    'indicator/documents/sent.yaml:1:1 ',
    'tệp này không nằm trong indicators, dimensions, sources, boards, calendars, rules, silences, roles, populations, screens, scenes, groups, nên không ai đọc; có phải ý là indicators?',
    'this file is in none of indicators, dimensions, sources, boards, calendars, rules, silences, roles, populations, screens, scenes, groups, so nobody reads it; did you mean indicators?',
  ],
]

test('parents that go round in a circle are named, each of them', () => {
  const round = `- { id: p1, name: { vi: A, en: A }, parents: [p2] }\n  - { id: p2, name: { vi: B, en: B }, parents: [p1] }\n  - { id: ha-noi,`
  const { problems } = loadWith(edited(D, ['- { id: ha-noi,', round]))
  expect(problems.map(({ place, message }) => [place, message.en])).toEqual([
    ['dashboards/dimensions/unit.yaml:18:48', 'p1 lies under itself: its parents go round in a circle'],
    ['dashboards/dimensions/unit.yaml:19:48', 'p2 lies under itself: its parents go round in a circle'],
  ])
})

test('a file in another encoding says where and what to do, and its id is known to the others; a mark at its head and old line ends are no mistake', () => {
  const load = (bytes: Uint8Array) => {
    const root = folderOf(SOUND)
    writeFileSync(join(root, I), bytes)
    return loadCatalogue(root, { variable: (name) => VARIABLES[name], mode: 'demo' }).problems
  }
  const old = Buffer.from(SOUND[I].replace('Văn', 'V?n'))
  old[old.indexOf('?')] = 0xe3
  for (const [bytes, place] of [
    [old, '1:15'],
    [Buffer.from(`\ufeff${SOUND[I]}`, 'utf16le'), '1:1'],
  ] as const)
    expect(load(bytes)).toMatchObject([
      {
        place: `dashboards/${I}:${place}`,
        message: {
          vi: expect.stringContaining('lưu với mã hóa UTF-8'),
          en: expect.stringContaining('save it as UTF-8'),
        },
      },
    ])
  for (const text of [`\ufeff${SOUND[I]}`, SOUND[I].replaceAll('\n', '\r\n'), SOUND[I].replaceAll('\n', '\r')])
    expect(load(Buffer.from(text))).toEqual([])
})

test.each(BROKEN)('%s', (_what, files, place, vi, en) => {
  const { problems } = loadWith(files)
  expect(problems.map((one) => `${one.place} ${one.field}`)).toEqual([`dashboards/${place}`])
  expect(problems.map(({ message }) => message)).toEqual([{ vi, en }])
})
