/** Sounds for incidents nobody has taken in hand: two quiet tones, higher for what is critical, made here and not fetched. */
import { ZONE_OFFSET } from '../../kpi/range.ts'
import type { IncidentChange } from './changes.ts'
import { isQuiet } from './changes.ts'

/** Hertz of the two tones. */
const TONES = { warning: [440, 554], critical: [660, 880] } as const
const LENGTH = 0.28
const LOUDNESS = 0.12

export interface Sound {
  /** Makes one sound for what changed, the gravest; none in quiet hours. Answers whether it sounded. */
  tell(changes: readonly IncidentChange[], now: number): boolean
  /** Lets sounds be made from now on, where the browser wants a person's gesture first. */
  allow(): void
}

export function startSound(quiet: string | null): Sound {
  let context: AudioContext | null = null
  const open = () => {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
    return context
  }
  return {
    allow: () => void open(),
    tell(changes, now) {
      const loud = changes.filter(
        ({ change, incident }) => change !== 'acknowledged' && change !== 'closed' && !incident.acknowledged,
      )
      if (loud.length === 0 || isQuiet(quiet, now, ZONE_OFFSET)) return false
      const severity = loud.some(({ incident }) => incident.severity === 'critical') ? 'critical' : 'warning'
      const audio = open()
      for (const [i, frequency] of TONES[severity].entries()) tone(audio, frequency, audio.currentTime + i * LENGTH)
      return true
    },
  }
}

function tone(audio: AudioContext, frequency: number, at: number): void {
  const [source, volume] = [audio.createOscillator(), audio.createGain()]
  source.frequency.value = frequency
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
  volume.gain.linearRampToValueAtTime(0, at + LENGTH)
  source.connect(volume).connect(audio.destination)
  source.start(at)
  source.stop(at + LENGTH)
}
