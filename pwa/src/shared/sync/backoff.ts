/** How long to wait after the n-th failure. */

const FIRST_MS = 2_000
const LONGEST_MS = 5 * 60_000

/**
 * Exponential backoff with full jitter: anywhere between half and all of 2 s · 2^tries, at most five minutes,
 * and never sooner than the office asked for (`atLeastMs`).
 */
export function backoffMs(tries: number, atLeastMs = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 12))
  return Math.max(atLeastMs, ceiling * (0.5 + 0.5 * random()))
}
