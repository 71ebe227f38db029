/** What the page and its worker say to each other. */

import type { Outcome } from './verify'

export interface Request {
  file: File
  /** Thumbprint that the reader trusts, or null. */
  officeKey: string | null
}

export type Answer =
  | { kind: 'progress'; done: number }
  | { kind: 'done'; outcome: Outcome }
  /** The file could not be read (taken away, no permission); never because of what is in it. */
  | { kind: 'failed'; reason: string }
