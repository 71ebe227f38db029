/** The phone's position: several fixes, the best of them, or the reason why there is none. */

import { ref, shallowRef } from 'vue'
import { betterFix, freshFix, GOOD_ENOUGH_M, toE7, type Fix, type NoPlaceReason } from '../../domain/geotag'
import { beforeLock, vault } from './session'

const LONGEST_MS = 20_000

export type LocateResult = { fix: Fix } | { reason: NoPlaceReason }

/** Accuracy of the best fix so far while locating; null before the first. */
export const bestSoFar = ref<number | null>(null)
export const locating = ref(false)
/** The last fix, for the order of the day's visits; never written down by itself, forgotten with the lock. */
export const here = shallowRef<Fix | null>(null)
let finish: (() => void) | null = null
beforeLock(() => {
  finish?.()
  here.value = null
})

/** Take the best fix there is by now. */
export function stopLocating(): void {
  finish?.()
}

/** Collect fixes until one is good enough, time is up or the person says stop. */
export function locate(): Promise<LocateResult> {
  if (!('geolocation' in navigator)) return Promise.resolve({ reason: 'unsupported' })
  locating.value = true
  bestSoFar.value = null
  return new Promise<LocateResult>((resolve) => {
    let best: Fix | null = null
    let reason: NoPlaceReason = 'timeout'
    const end = () => {
      navigator.geolocation.clearWatch(watch)
      clearTimeout(timer)
      finish = null
      locating.value = false
      if (best) here.value = best
      resolve(best ? { fix: best } : { reason })
    }
    const watch = navigator.geolocation.watchPosition((position) => {
      const fix = fixFrom(position)
      if (!fix) return
      best = betterFix(best, fix)
      bestSoFar.value = best.accuracy_m
      if (best.accuracy_m <= GOOD_ENOUGH_M) end()
    }, (error) => {
      reason = error.code === error.PERMISSION_DENIED ? 'denied' : error.code === error.TIMEOUT ? 'timeout' : 'unavailable'
      if (reason === 'denied' || !best) end()
    }, { enableHighAccuracy: true, maximumAge: 0, timeout: LONGEST_MS })
    const timer = setTimeout(end, LONGEST_MS)
    finish = end
  })
}

/** One fix for a ride; null where there is none now. */
export function fixOnce(): Promise<Fix | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null)
    navigator.geolocation.getCurrentPosition((position) => {
      const fix = fixFrom(position)
      // Locked meanwhile: nothing may stay in memory.
      if (fix && vault.value) here.value = fix
      resolve(fix)
    }, () => resolve(null), { enableHighAccuracy: true, maximumAge: 5_000, timeout: 15_000 })
  })
}

/** Look for a newer position while something else goes on, for example while the camera is open. */
export function refreshHere(): void {
  if (!locating.value && !freshFix(here.value, Date.now())) void locate()
}

function fixFrom({ coords, timestamp }: GeolocationPosition): Fix | null {
  const lat_e7 = toE7(coords.latitude, 90)
  const lon_e7 = toE7(coords.longitude, 180)
  if (lat_e7 === null || lon_e7 === null) return null
  return { lat_e7, lon_e7, accuracy_m: Math.ceil(coords.accuracy), at: new Date(timestamp).toISOString() }
}
