/** What may serve as a PIN or passphrase. */

export type Protection = 'pin' | 'passphrase'
export type SecretFault = 'short' | 'digits' | 'simple' | 'differs'

export const PIN_DIGITS = 6
export const SHORTEST_PASSPHRASE = 10

/** What is wrong with a new secret, or null. */
export function secretFault(protection: Protection, secret: string, again: string): SecretFault | null {
  if (protection === 'pin' && !/^\d{6}$/.test(secret)) return 'digits'
  if (protection === 'passphrase' && secret.trim().length < SHORTEST_PASSPHRASE) return 'short'
  if (new Set(secret).size < 3 || '0123456789876543210'.includes(secret)) return 'simple'
  return secret === again ? null : 'differs'
}
