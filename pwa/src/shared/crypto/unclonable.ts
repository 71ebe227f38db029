/**
 * [Note: Keys that stay] Some WebKits (apps' web views without a key chain) refuse to hand keys from one thread to
 * another: `DataCloneError`. There the work is done where the keys are; it is slower, and nothing else changes.
 */
export function isUnclonable(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'DataCloneError'
}
