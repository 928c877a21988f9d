/** The tokens of the look: one set of names, a dark and a light value each, and the size of everything per screen. */
import { css, unsafeCSS } from 'lit'
import { bodyType, type Sight } from '../../kpi/legible.ts'

export const DARK = `
  color-scheme: dark;
  --ground: #0a1019;
  --panel: #121b27;
  --raised: #1a2534;
  --rule: #263447;
  --grid: #1e2a3a;
  --ink: #f1f5f9;
  --ink-2: #b4c0cd;
  --ink-3: #8d9cae;
  --data: #86b7f0;
  --data-fill: #4a7db3;
  --data-wash: #86b7f01c;
  --track: #1f2b3b;
  --warning: #f2b13c;
  --warning-fill: #e6a42c;
  --critical: #ff7a5c;
  --critical-fill: #f0583a;
  --focus: #ffffff;
  --on-fill: #0a1019;
  --before: #5f728b;
  --usual: #223144;
  --sequence-0: #2a3e55;
  --sequence-1: #365a82;
  --sequence-2: #4b78a9;
  --sequence-3: #6697cd;
  --sequence-4: #86b7f0;
`
/** The dark wall in a room at night: about half the light of everything that shines, and every text still at 4.5 to 1 (`test/client/shell/style.test.ts`). */
const NIGHT = `
  --ground: #04070b;
  --panel: #0a0f16;
  --raised: #0f161f;
  --rule: #1b2634;
  --grid: #151e2a;
  --track: #161f2b;
  --on-fill: #04070b;
  --ink: #a9acaf;
  --ink-2: #89939d;
  --ink-3: #798696;
  --data: #6388b3;
  --data-fill: #3c6693;
  --warning: #ba872c;
  --warning-fill: #be8722;
  --critical: #d7664c;
  --critical-fill: #c6472e;
  --focus: #cbcbcb;
  --before: #425064;
  --sequence-0: #1f2f42;
  --sequence-1: #294666;
  --sequence-2: #3a5e85;
  --sequence-3: #5077a3;
  --sequence-4: #6a91bf;
`
export const LIGHT = `
  color-scheme: light;
  --ground: #e9edf2;
  --panel: #ffffff;
  --raised: #f3f6f9;
  --rule: #c9d2dc;
  --grid: #e3e8ee;
  --ink: #0d1824;
  --ink-2: #3b4a5a;
  --ink-3: #566576;
  --data: #1d5c9b;
  --data-fill: #4a86c2;
  --data-wash: #1d5c9b14;
  --track: #e6ebf0;
  --warning: #865400;
  --warning-fill: #c98611;
  --critical: #b92a10;
  --critical-fill: #d03f1c;
  --focus: #0d1824;
  --on-fill: #0d1824;
  --before: #93a3b4;
  --usual: #e1e8ef;
  --sequence-0: #c8dbee;
  --sequence-1: #97bbe0;
  --sequence-2: #699acf;
  --sequence-3: #3f7ab7;
  --sequence-4: #1c5b9a;
`

/** The typeface, and distances. */
export const MEASURES = `
  --sans: 'Be Vietnam Pro', system-ui, sans-serif;
  --small: 0.9rem;
  --gap: 0.7rem;
  --pad: 0.85rem;
`

/**
 * Type follows the screen: a wall of 1920×1080 seen near by has 20 px body text, and a larger wall the same share of its
 * height; where a screen has a profile, its distance says how large (`readFrom`). Nothing readable is set below 0.9 rem.
 */
export const tokens = css`
  :root {
    ${unsafeCSS(DARK)}
    ${unsafeCSS(MEASURES)}
    font-size: 17px;
    font-family: var(--sans);
    background: var(--ground);
    color: var(--ink);
  }
  :root[data-theme='dark'][data-light='night'] {
    ${unsafeCSS(NIGHT)}
  }
  :root[data-theme='light'] {
    ${unsafeCSS(LIGHT)}
  }
  @media (prefers-color-scheme: light) {
    :root[data-theme='auto'] {
      ${unsafeCSS(LIGHT)}
    }
  }
  @media (min-width: 1280px) and (min-height: 700px) {
    :root {
      font-size: var(--type, max(16px, min(calc(100vw / 96), calc(100vh / 54))));
    }
  }
  @media (min-width: 2200px) {
    :root {
      font-size: var(--type, max(20px, min(calc(100vw / 96), calc(100vh / 54))));
    }
  }
  @media print {
    :root {
      ${unsafeCSS(LIGHT)}
    }
  }
  body {
    margin: 0;
    min-width: 320px;
  }
`

/** Where a wall board fits its screen and never scrolls; smaller screens lay it out as a page. */
export const WALL_SCREEN = '(min-width: 1280px) and (min-height: 700px)'

/** Sets body text so large that it is read from where people sit (`bodyType`); null: as the size of the screen alone has it. */
export function readFrom(sight: Sight | null): void {
  const { style } = document.documentElement
  const type = sight ? `${((100 * bodyType(sight)) / sight.pixels.width).toFixed(4)}vw` : ''
  // Set anew, the same would have the style of everything computed anew. Nothing (empty) removes it.
  if (style.getPropertyValue('--type') !== type) style.setProperty('--type', type)
}

/** Lowers the light of a dark wall, or gives it back. */
export function lowerLight(night: boolean): void {
  const { dataset } = document.documentElement
  if (night) dataset.light = 'night'
  else delete dataset.light
}

/** Puts the tokens on the page; a constructed sheet, so the strict content policy has nothing to allow. */
export function adoptTokens(): void {
  const sheet = tokens.styleSheet
  if (sheet && !document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet)
}
