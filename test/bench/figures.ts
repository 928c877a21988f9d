/** What a measurement answers: names and numbers, and how they are said. */
export type Figures = Readonly<Record<string, number | string>>

export const say = (line: string) => process.stdout.write(`${line}\n`)

/** Milliseconds as seconds with two decimals. */
export const seconds = (ms: number) => Number((ms / 1000).toFixed(2))

/** Milliseconds with one decimal. */
export const millis = (ms: number) => Number(ms.toFixed(1))

/** The value below which `share` (0–1) of the samples lie: nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
