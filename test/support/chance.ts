/** Chance that comes out the same every time: uniform, normal, counts and shares from a seed. */

export function chance(seed: number) {
  let state = seed >>> 0
  const uniform = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  /** Exact for small means, rounded normal for large ones. */
  const poisson = (mean: number): number => {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
    const limit = Math.exp(-mean)
    let [count, product] = [0, uniform()]
    while (product > limit) {
      count++
      product *= uniform()
    }
    return count
  }
  const binomial = (cases: number, share: number): number => {
    const spread = Math.sqrt(cases * share * (1 - share))
    if (spread > 5) return Math.min(cases, Math.max(0, Math.round(cases * share + spread * normal())))
    let count = 0
    for (let i = 0; i < cases; i++) if (uniform() < share) count++
    return count
  }
  return { uniform, normal, poisson, binomial }
}
