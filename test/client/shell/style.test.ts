/** The tokens of the look: statuses stay apart for every type of colour vision, computed on the colours themselves. */
import { expect, test } from 'vitest'
import { tokens } from '../../../client/shell/style.ts'
import { shadeStyle } from '../../../client/views/shade-style.ts'

type Rgb = readonly [number, number, number]

/** The value of a token in one theme: each after the selector it stands under. */
function token(name: string, theme: 'dark' | 'night' | 'light'): Rgb {
  const text = String(tokens)
  const begins = { dark: ':root', night: "[data-light='night']", light: "[data-theme='light']" }[theme]
  const part = text.slice(text.indexOf(begins))
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(part)?.[1] ?? ''
  return colour(hex)
}
const colour = (hex: string) =>
  [0, 2, 4].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Rgb
const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)

/**
 * What people without one kind of cone see, on linear RGB. Source: G. M. Machado, M. M. Oliveira & L. A. F. Fernandes, "A physiologically-based
 * model for simulation of color vision deficiency", IEEE TVCG 15 (2009) 1291–1298, severity 1.0; grey is relative luminance (WCAG 2.2).
 */
const SEEN: Readonly<Record<string, readonly Rgb[]>> = {
  everyone: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  grey: Array.from({ length: 3 }, () => [0.2126, 0.7152, 0.0722] as const),
}
const seenBy = (colour: Rgb, by: readonly Rgb[]): Rgb =>
  by.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, k, i) => sum + k * (colour[i] ?? 0), 0),
      ),
    ),
  ) as unknown as Rgb

/** CIE L*a*b* of linear sRGB, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
/** CIE76; about 2.3 is just noticeable. */
const distance = (a: Rgb, b: Rgb) => Math.hypot(...lab(a).map((one, i) => one - (lab(b)[i] ?? 0)))

/** The smallest distance between any two of some colours, as one kind of eye sees them. */
function least(colours: readonly Rgb[], by: readonly Rgb[]): number {
  const seen = colours.map((colour) => seenBy(colour, by))
  return Math.min(...seen.flatMap((a, i) => seen.slice(i + 1).map((b) => distance(a, b))))
}

const FILLS = ['data-fill', 'warning-fill', 'critical-fill', 'track']
/** Several times what is just noticeable for colour; in grey, where the sign and the word stand too, still a visible step. */
const APART = { colour: 12, grey: 4 }

test.each(['dark', 'night', 'light'] as const)(
  '%s: good, warning, critical and nothing are told apart by every type of colour vision',
  (theme) => {
    const colours = FILLS.map((name) => token(name, theme))
    for (const [who, by] of Object.entries(SEEN)) {
      const wanted = who === 'grey' ? APART.grey : APART.colour
      expect([who, least(colours, by)]).toEqual([who, expect.toSatisfy((found: number) => found >= wanted)])
    }
  },
)

const SEQUENCE = [0, 1, 2, 3, 4].map((step) => `sequence-${step}`)
const told = (found: number) => expect.toSatisfy((least: number) => least >= found)

test.each(['dark', 'night', 'light'] as const)(
  '%s: the classes of magnitude grow lighter or darker by steps of one size, and are told apart from nothing by every type of colour vision',
  (theme) => {
    const colours = SEQUENCE.map((name) => token(name, theme))
    const lightness = colours.map((colour) => lab(colour)[0])
    const steps = lightness.slice(1).map((one, i) => one - (lightness[i] ?? 0))
    expect(new Set(steps.map(Math.sign)).size).toBe(1)
    // The smallest step is nearly as large as the largest: no two neighbours look like one.
    expect(Math.min(...steps.map(Math.abs)) / Math.max(...steps.map(Math.abs))).toBeGreaterThan(0.8)
    for (const [who, by] of Object.entries(SEEN)) {
      expect([who, least(colours, by)]).toEqual([who, told(8)])
      const nothing = [token('track', theme), token('sequence-0', theme)]
      expect([who, 'track', least(nothing, by)]).toEqual([who, 'track', told(APART.grey)])
    }
  },
)

test.each(['dark', 'night', 'light'] as const)(
  '%s: parts that stand on each other are far apart for every type of colour vision',
  (theme) => {
    const shades = [...String(shadeStyle).matchAll(/--shade: var\(--(sequence-\d)\)/g)].map(([, name = '']) => name)
    expect(shades.toSorted()).toEqual(SEQUENCE)
    const pairs = shades.slice(1).map((name, i) => [token(shades[i] ?? '', theme), token(name, theme)] as const)
    for (const [who, by] of Object.entries(SEEN))
      for (const pair of pairs) expect([who, least(pair, by)]).toEqual([who, told(16)])
  },
)

test('the control: shades that grow by a step each are not far enough apart', () => {
  const shades = SEQUENCE.map((name) => token(name, 'dark'))
  expect(Math.min(...shades.slice(1).map((one, i) => least([shades[i] ?? one, one], SEEN.grey ?? [])))).toBeLessThan(16)
})

test('the control: a traffic light of red and green, far apart for most, is one colour to those without green cones', () => {
  const light = ['e84030', '40a820'].map(colour)
  expect(least(light, SEEN.everyone ?? [])).toBeGreaterThan(100)
  expect(least(light, SEEN.deutan ?? [])).toBeLessThan(APART.colour)
})

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b
function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}
const TEXTS = ['ink', 'ink-2', 'ink-3', 'data', 'warning', 'critical']

test.each(['dark', 'night', 'light'] as const)(
  '%s: every text stands at 4.5 to 1 on whatever it may stand on (WCAG 2.2, 1.4.3)',
  (theme) => {
    for (const name of TEXTS)
      for (const ground of ['ground', 'panel', 'raised'])
        expect([name, ground, contrast(token(name, theme), token(ground, theme))]).toEqual([
          name,
          ground,
          expect.toSatisfy((found: number) => found >= 4.5),
        ])
    for (const name of ['warning-fill', 'critical-fill', 'data-fill'])
      expect(contrast(token(name, theme), token('panel', theme))).toBeGreaterThanOrEqual(3)
  },
)

test('at night everything shines less, and what shines most half as bright', () => {
  for (const name of [...TEXTS, ...FILLS, 'ground', 'panel', 'raised', 'sequence-4', 'focus'])
    expect(luminance(token(name, 'night'))).toBeLessThan(0.8 * luminance(token(name, 'dark')))
  for (const name of ['ink', 'ground', 'panel'])
    expect(luminance(token(name, 'night'))).toBeLessThan(0.5 * luminance(token(name, 'dark')))
})
