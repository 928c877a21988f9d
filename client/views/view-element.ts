/** What every view is: an element that is given `shown`; when it cannot draw, it tells its panel instead of going blank. */
import { LitElement } from 'lit'
import type { Shown } from './shown.ts'

/** Dispatched by a view that cannot draw what it was given; `detail` is the error. */
export const FAILED = 'view-failed'

export class ViewElement extends LitElement {
  static override properties = { shown: { attribute: false } }
  declare shown: Shown

  protected override performUpdate(): void {
    try {
      super.performUpdate()
      this.toggleAttribute('fit', this.shown.fit)
    } catch (error) {
      this.dispatchEvent(new CustomEvent(FAILED, { detail: error, bubbles: true, composed: true }))
    }
  }
}
