/** Before the first test: `build/` is what the sources say, so that spawned processes run the code under test. */
import { build } from '../../server/setup.mjs'

export default function setup(): void {
  build()
}
