/** Invented answers for the page of one unit. */
import { sliceKey } from '../../kpi/slice.ts'
import type { UnitAsks } from '../unit/unit-asks.ts'
import { absent } from '../views/shown.ts'
import { COUNTRY } from './country.ts'
import { correction, NOW, reading, slice, unitCounts, unitReadings } from './readings.ts'

const pulse = { at: NOW, store: 'example' }

export const inventedUnit: Pick<UnitAsks, 'units' | 'reading' | 'corrections' | 'notes'> = {
  async corrections(unit) {
    const own = unitCounts(slice('documents/sent', ['unit'])).filter(({ key }) => key.unit === unit)
    return { pulse, corrections: own.map((one) => correction(one, '1', ['corrected'])) }
  },
  async notes(unit) {
    const said = { at: NOW - 3_600_000, by: 'truc-ban', pulse: NOW - 3_600_000, members: { unit } }
    return {
      pulse,
      notes: [
        {
          ...said,
          id: 'a',
          indicator: null,
          value: null,
          text: 'Trung tâm chuyển trụ sở, nhập liệu bù trong chiều nay',
        },
        { ...said, id: 'b', indicator: 'documents/sent', value: '61000', text: 'Trục bảo trì từ 8 giờ' },
      ],
    }
  },
  async units(indicators) {
    const readings = indicators.flatMap((indicator) => {
      const of = slice(indicator, ['unit'])
      if (indicator.startsWith('published') || indicator === 'tiny') return []
      const percent = COUNTRY.indicators.get(indicator)?.unit === 'percent'
      return percent ? unitReadings(of) : unitCounts(of)
    })
    return { pulse, readings }
  },
  async reading(of) {
    const percent = COUNTRY.indicators.get(of.indicator)?.unit === 'percent'
    const value = percent
      ? { value: '92.4', numerator: '924', denominator: '1000', status: 'warning' as const }
      : { value: '61342' }
    const own = of.where.unit === 'lai-chau' ? absent(of) : reading(of, value)
    return { pulse, readings: [{ ...own, slice: sliceKey(of) }] }
  },
}
