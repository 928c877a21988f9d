/** Whether a wall's light is lowered at a moment: as a scene says, else as its screen's profile has it. Pure. */
import { recurs } from '../../kpi/recurs.ts'
import type { ScreenProfile } from '../../kpi/screen.ts'
import type { Known } from '../known.ts'

/** `at`: server time, UTC milliseconds. */
export function isDark(
  light: 'day' | 'night' | undefined,
  profile: Pick<ScreenProfile, 'night'> | null,
  at: number,
  calendars: Known['calendars'],
): boolean {
  if (light) return light === 'night'
  return profile?.night !== undefined && recurs(profile.night, at, calendars)
}
