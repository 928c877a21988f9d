/** Why a care of the store cannot be done, with the remedy, in words for the operator. */
import type { Text } from '../../kpi/text.ts'

export class Unable extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}
