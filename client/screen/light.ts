/** Of a paired screen: its profile, and whether its light is lowered now. Pure. */
import type { Program } from '../../kpi/program.ts'
import type { ScreenProfile } from '../../kpi/screen.ts'
import type { Known } from '../known.ts'
import { isDark } from '../wall/dark.ts'

/** Its own profile, or its group's; null where neither is declared. */
export function profileOf({ screen }: Program, { screens, groups }: Known): ScreenProfile | null {
  return screens?.get(screen.profile ?? groups?.get(screen.group)?.profile ?? '') ?? null
}

/** As the scene says that is on; else as the profile has it at `at`, server time. */
export function isNight(program: Program, catalogue: Known, at: number): boolean {
  const light = catalogue.scenes?.get(program.now?.scene ?? '')?.light
  return isDark(light, profileOf(program, catalogue), at, catalogue.calendars)
}
