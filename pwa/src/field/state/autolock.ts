/** Locks after a while without a touch, also when the phone slept in between. */

import { lock, vault } from './session'

export const LOCK_AFTER_MINUTES = 5
/** A picker, the system camera or a ride may keep the person away for longer than that. */
const BUSY_MINUTES = 15

let lastTouch = Date.now()
let picking = false
let riding = false

/** Tell that a system picker is open: the person is busy, not gone. */
export function expectPicker(): void {
  picking = true
  lastTouch = Date.now()
}

/** Tell whether a ride is being measured: nobody taps a phone all the way. */
export function expectRide(running: boolean): void {
  riding = running
}

function touch(): void {
  picking = false
  lastTouch = Date.now()
}

function check(): void {
  const limit = (picking || riding ? BUSY_MINUTES : LOCK_AFTER_MINUTES) * 60_000
  const away = Date.now() - lastTouch
  // A clock set back must not keep the vault open for ever.
  if (vault.value && (away > limit || away < 0)) void lock()
}

/** Watch for touches and for the return from the background. */
export function watchIdle(): void {
  for (const event of ['pointerdown', 'keydown', 'input']) addEventListener(event, touch, { passive: true, capture: true })
  document.addEventListener('visibilitychange', check)
  setInterval(check, 10_000)
}
