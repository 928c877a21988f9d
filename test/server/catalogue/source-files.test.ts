/** What a file source says of its folders and its layout, broken by hand: the field, and a sentence in both languages. */
import { expect, test } from 'vitest'
import { loadWith } from './folder.ts'

const declared = (more: string) => ({
  'sources/drop.yaml': `title: { vi: Thả tệp, en: Drop }
kind: files
${more}
observations:
  - { indicator: documents/sent, from: { field: period }, span: 5m, value: sent }
`,
})

test.each([
  ['path: drop/*.csv', []],
  [
    'path: drop/*.xlsx\nformat: xlsx\nsheet: 2\nheader: [3, 4]\nmerged: fill\ndone: drop/done\nrefused: drop/refused\nbad-rows: refuse-file',
    [],
  ],
  [
    'path: drop/*.tsv\nencoding: windows-1258\ndelimiter: "\\t"\ncomment: "#"\ncolumns: [a, b]\narrival: { marker: .done }',
    [],
  ],
  ['path: drop/*.json\nformat: sdmx-json', []],
  ['path: drop/*/../x.csv', ['path .. may not stand after a *']],
  ['path: drop/*.csv\ndone: drop/', ['done done is the folder that is watched (drop); use another, such as drop/done']],
  ['path: drop/*.csv\ndone: away\nrefused: away', ['refused done and refused must be two folders']],
  [
    'path: drop/*\narrival: { marker: .ok }',
    ['arrival path ends in *, so the markers .ok would be read too; add an ending, such as *.csv'],
  ],
  ['path: drop/*.csv\nsheet: 2', ['sheet sheet is for xlsx; this source is csv: remove it, or mend the format']],
  [
    'path: drop/*.jsonl\nformat: jsonl\nheader: 2',
    ['header header is for csv, xlsx; this source is jsonl: remove it, or mend the format'],
  ],
  ['path: drop/*.csv\nheader: [4, 3]', ['header rows of a header must rise, such as [3, 4]']],
  ['path: drop/*.csv\nheader: 1\ncolumns: [a]', ['columns columns are names in place of a header: give one of them']],
  ['path: drop/*.csv\ncolumns: [a, b, a]', ['columns the column “a” is there twice']],
  [
    'path: drop/*.csv\nencoding: cp1258',
    ['encoding is cp1258, must be detect | utf-8 | utf-16le | utf-16be | windows-1258'],
  ],
  ['path: drop/*.csv\nbad-rows: keep', ['bad-rows is keep, must be skip | refuse-file']],
])('%s', (more, expected) => {
  const { problems } = loadWith(declared(more))
  expect(problems.map(({ field, message }) => `${field} ${message.en}`)).toEqual(expected)
  for (const { message } of problems) expect(message.vi).toMatch(/[à-ỹđ]/)
})
