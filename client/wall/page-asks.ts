/** What pages that a person opens ask beside what a wall does: of a unit, of incidents, and the acts of whoever has a key. */
import type { DutyAsks } from '../incidents/ops-duty.ts'
import { act } from '../link/act.ts'
import { askClosed, askCorrections, askIncident, askNotes, askReading, askUnits } from '../link/ask.ts'
import { askKey } from '../link/key.ts'
import type { UnitAsks } from '../unit/unit-asks.ts'
import { WALL_ASKS } from './wall-asks.ts'

export const ASKS: UnitAsks = {
  ...WALL_ASKS,
  units: askUnits,
  corrections: askCorrections,
  notes: askNotes,
  reading: askReading,
  act,
}

export const DUTY_ASKS: DutyAsks = { act, key: askKey, incident: askIncident, closed: askClosed }
