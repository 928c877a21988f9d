/** The question of the calendar: what it says of a day, a limit and a range, with the project's own calendar and no store. */
import { describe, expect, test } from 'vitest'
import { Query } from '../../../kpi/query.ts'
import { ASK } from '../../../server/queries/index.ts'
import { readQuery } from '../../../server/questions.ts'
import type { Refusal } from '../../../server/refusal.ts'
import type { Store } from '../../../server/store/connect.ts'
import { projectCatalogue } from '../../support/store.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const catalogue = projectCatalogue()
const ask = (query: Record<string, string> = {}) =>
  ASK.calendar({} as Store, catalogue, readQuery(Query.calendar, query), { at: NOW, store: 'x' })
const refusal = (query: Record<string, string>) =>
  Promise.resolve()
    .then(() => ask(query))
    .then(
      () => null,
      ({ status, field, text }: Refusal) => [status, field, text.en],
    )

test('a day: whether it is worked, why, and the periods it lies in', async () => {
  expect((await ask({ at: '2026-11-24' })).day).toMatchObject({
    ...{ date: '2026-11-24', worked: false, number: null, status: 'official', provisional: false },
    name: { vi: expect.stringContaining('Ngày Văn hóa Việt Nam') },
  })
  expect((await ask({ at: '2026-08-22' })).day).toMatchObject({ worked: true, status: 'tentative', provisional: true })
  const { day, periods, due, range, years } = await ask()
  expect([day, due, range, years]).toMatchObject([{ date: '2026-11-22' }, null, null, { first: 2025, last: 2027 }])
  const of = (kind: string) => periods.find((one) => one.kind === kind)
  expect(of('quarter')).toMatchObject({ from: '2026-10-01', to: '2026-12-31', label: { vi: 'quý IV/2026' } })
  expect(of('report-month')).toMatchObject({
    from: '2026-11-15',
    to: '2026-12-14',
    label: { vi: /^kỳ báo cáo tháng 12/ },
  })
})

test('trap 17: the cases of the calendar, from the question', async () => {
  for (const [at, within, date, skipped] of [
    ['2026-11-23', '1 ngày làm việc', '2026-11-25', ['2026-11-24']],
    ['2026-11-23', '3 working days', '2026-11-27', ['2026-11-24']],
    ['2026-04-24', '5 ngày làm việc', '2026-05-06', ['2026-04-27', '2026-04-30', '2026-05-01']],
    ['2026-08-28', '2 ngày làm việc', '2026-09-04', ['2026-08-31', '2026-09-01', '2026-09-02']],
    ['2025-06-02', '15 ngày làm việc', '2025-06-23', []],
    ['2026-11-22', '8 giờ làm việc', '2026-11-23', []],
    ['2026-01-31', '1 tháng', '2026-03-02', []],
  ] as const)
    expect((await ask({ at, within })).due, `${at} ${within}`).toMatchObject({ date, skipped })
  expect((await ask({ at: '2026-11-23', within: '1 working day' })).due).toMatchObject({
    limit: { vi: '1 ngày làm việc', en: '1 working day' },
    said: {
      vi: 'hạn đến hết thứ Tư 25/11/2026 (nghỉ 24/11/2026: Ngày Văn hóa Việt Nam)',
      en: expect.stringContaining('Wednesday 25 Nov 2026'),
    },
    provisional: false,
  })
  expect((await ask({ at: '2026-01-09', within: '1 ngày làm việc' })).due).toMatchObject({
    ...{ date: '2026-01-10', provisional: true },
    said: { vi: expect.stringContaining('theo lịch tạm') },
  })
})

test('a range or a written period: working days and hours, days off and made up; and like for like', async () => {
  expect((await ask({ period: 'kỳ báo cáo tháng 12/2026' })).range).toMatchObject({
    ...{ days: 30, workingDays: 20, workingHours: 160, madeUp: [] },
    ...{ off: [{ date: '2026-11-24' }], label: { vi: expect.stringContaining('kỳ báo cáo tháng 12/2026') } },
  })
  expect((await ask({ from: '2026-08-22', to: '2026-09-03' })).range).toMatchObject({
    ...{ workingDays: 6, madeUp: [{ date: '2026-08-22' }], provisional: true },
    label: { vi: '22/08/2026 – 02/09/2026', en: '22 Aug 2026 – 2 Sep 2026' },
  })
  const { like } = await ask({ at: '2026-12-01' })
  expect(like).toMatchObject([{ date: '2026-11-17' }, { date: '2026-11-02' }])
})

describe('what cannot be answered is said, never guessed', () => {
  test('outside the declared years each part gives the sentence', async () => {
    const answer = await ask({ at: '2031-01-06', within: '2 ngày làm việc', period: 'năm 2031' })
    for (const part of [answer.day, answer.due, answer.range, answer.like[0]])
      expect(part).toMatchObject({ wrong: { vi: expect.stringContaining('chưa có ngày') } })
  })
  test.each([
    [{ within: '8 giờ' }, [400, 'within', expect.stringContaining('“8 working hours”')]],
    [{ calendar: 'office' }, [404, 'calendar', 'There is no calendar “office”; declared are: public-sector.']],
    [{ from: '2026-11-22' }, [400, 'to', expect.stringContaining('Parameter to is missing')]],
    [{ period: 'quý V/2026' }, [400, 'period', expect.stringContaining('is not a period')]],
    [{ period: 'năm 2026', from: '2026-01-01' }, [400, 'period', 'Give either period, or from and to.']],
    [{ wthin: '5 ngày' }, [400, 'wthin', 'There is no parameter wthin; did you mean within?']],
    [{ by: 'unit' }, [400, 'by', 'This question takes no parameter by.']],
  ] as const)('%j', async (query, said) => expect(await refusal(query)).toEqual(said))
})
