/** Canonical JSON [RFC 8785] of what the strict reader lets through: no fractions, no half characters. */

import { utf8, type Bytes } from './bytes'

/** The one canonical form of a JSON value, in UTF-8. */
export function canonical(value: unknown): Bytes {
  return utf8(write(value))
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  // Names sort by UTF-16 code units, which is how strings sort here.
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join()}}`
}
