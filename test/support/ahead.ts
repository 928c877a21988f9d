/** Loaded before anything else of a process that nobody moves by hand: what time it is there, and how fast it goes by, is what `livingAt` said. */
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

const ahead = Number(process.env.CLOCK_AHEAD ?? 0)
const rate = Number(process.env.CLOCK_RATE ?? 1)
const Real = Date
const begun = Real.now()
const now = () => Math.floor(begun + ahead + (Real.now() - begun) * rate)

globalThis.Date = new Proxy(Real, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
  apply: () => new Real(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

const { setTimeout: pause } = timers
timers.setTimeout = (ms = 1, ...given) => pause(ms / rate, ...given)
syncBuiltinESMExports()
