/** How much to send at once: large where the way is quick, small where it is slow or breaks. */

const SMALLEST = 64 * 1024
/** In all lanes together about what Chromium keeps in memory on a small phone, see [Note: Bytes on their way]. */
const LARGEST = 2 * 1024 * 1024
const FIRST = 256 * 1024
/** A chunk that took less may grow, one that took more must shrink: a cut then costs seconds, not minutes. */
const QUICK_MS = 1_000
const SLOW_MS = 5_000
/** Below this the line itself is the limit, and a second upload would only slow the first. */
const PARALLEL_FROM_BYTES_PER_S = 100_000
/** From here on it is the answers that are waited for, not the bytes. */
const ANSWERS_FROM_BYTES_PER_S = 2_000_000
/** Patience with a chunk whose line is unknown: the smallest one over half a kilobyte per second. */
const LONGEST_MS = 120_000
const SHORTEST_MS = 20_000
/** A line may slow down by this much in the middle of a chunk before it counts as dead. */
const SLACK = 4

export class Pace {
  #bytes = FIRST
  #rate = 0
  /** What the line did before it broke, and how often it has broken since. */
  #known = 0
  #breaks = 0

  /** Size of the next chunk in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  /** Uploads that may run at the same time. */
  get lanes(): 1 | 2 | 3 {
    if (this.#rate >= ANSWERS_FROM_BYTES_PER_S) return 3
    return this.#rate >= PARALLEL_FROM_BYTES_PER_S ? 2 : 1
  }

  /**
   * How long a chunk of `bytes` may take, in ms: a line that falls silent is found out in seconds where it
   * was quick before. Every break doubles the patience, so that a line that became slow is not given up.
   */
  patience(bytes: number): number {
    if (!this.#known) return LONGEST_MS
    const expected = (bytes / this.#known) * 1000
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, SLACK * expected) * 2 ** this.#breaks)
  }

  /** A chunk of `bytes` went through in `ms`. */
  went(bytes: number, ms: number): void {
    this.#rate = bytes / (Math.max(1, ms) / 1000)
    this.#known = this.#rate
    this.#breaks = 0
    if (ms > SLOW_MS) this.#bytes = Math.max(SMALLEST, this.#bytes / 2)
    else if (ms < QUICK_MS && bytes >= this.#bytes) this.#bytes = Math.min(LARGEST, this.#bytes * 2)
  }

  /** A chunk was lost on the way. */
  broke(): void {
    this.#bytes = Math.max(SMALLEST, this.#bytes / 2)
    this.#rate = 0
    this.#breaks += 1
  }
}
