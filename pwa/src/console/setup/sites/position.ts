/** Positions as people type them (decimal degrees) and as the wire carries them (1e-7 degree). */
const E7 = 1e7

/** Decimal degrees as whole 1e-7 degree; null for what is no number within ±limit. */
export function toE7(text: string, limit: 90 | 180): number | null {
  const trimmed = text.trim()
  if (!/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return null
  const value = Number(trimmed)
  return Math.abs(value) <= limit ? Math.round(value * E7) : null
}

export function fromE7(value: number | null): string {
  return value === null ? '' : (value / E7).toFixed(7).replace(/0+$/, '').replace(/\.$/, '')
}
