/** What the charts of the desk that list members are: given what they show, and a member pointed at. */
import { LitElement } from 'lit'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { look } from '../views/look.ts'
import { SizeController } from '../views/size-controller.ts'
import { chartStyle } from './chart-style.ts'
import { tableStyle } from './table-style.ts'

/** What each of them is given besides its figures. */
export interface ChartShown {
  readonly language: Language
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly by: string
  /** The address of a member. */
  readonly member: (id: string) => string
}

export class ChartElement<Shown extends ChartShown> extends LitElement {
  static override properties = { shown: { attribute: false }, at: { state: true } }
  static override styles = [look, tableStyle, chartStyle]
  declare shown: Shown
  /** The member pointed at. */
  declare at: string | null

  protected readonly size = new SizeController(this, '.room')

  constructor() {
    super()
    this.at = null
  }
}
