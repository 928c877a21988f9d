/** The declaration of a source that is the national portal's evaluation API: which evaluation, of which period, how deep in the tree of units. */
import { z } from 'zod'
import { DurationText } from './indicator.ts'
import { base } from './source-base.ts'
import { reaching } from './source-network.ts'

/** The evaluations the portal answers, by the name in their address. */
export const EVALUATIONS = [
  'transparency',
  'handling-satisfaction',
  'dossier-digitized',
  'dvc-progress-tree',
  'provide-online-tree',
  'formality-online-payment-tree',
  'service-results',
] as const

export const EvaluationSource = z.strictObject({
  ...base,
  kind: z.literal('evaluation'),
  /** The address up to the name of the evaluation: https://…/api/v1/reporting/evaluation */
  url: z.string().min(1),
  evaluation: z.enum(EVALUATIONS),
  /** `year` and `quarter` are to date; a `month` can be asked once it has ended. */
  period: z.enum(['year', 'quarter', 'month']).default('year'),
  /** How many earlier periods are asked too. */
  earlier: z.int().min(0).max(60).default(0),
  units: z.enum(['ADMINISTRATIVE_UNIT', 'MINISTRY']).default('ADMINISTRATIVE_UNIT'),
  /** 1: the units at the top; 2: what belongs to each of them too, asked one after another. */
  depth: z.int().min(1).max(3).default(1),
  /** Between two questions of one answer the portal is left alone so long, half of it by chance. */
  pause: DurationText.or(z.literal('0s')).default('1s'),
  /** How `handling-satisfaction` is asked for days (fromDate, toDate): a format of local dates. */
  dates: z.string().min(1).default('yyyy-MM-dd'),
  pageSize: z.int().min(1).max(200).default(200),
  /** How far back what is asked now reaches: figures to date speak of the last whole day this long ago. */
  delay: DurationText.default('1d'),
  ...reaching,
})
export type EvaluationSource = Readonly<z.infer<typeof EvaluationSource>>
