/**
 * Ways to hide without looking: a long press or three quick taps on a header or the camera's picture
 * (whatever carries `data-hide`), a swipe across it, Escape twice.
 */

import { hide } from './cover'

const LONG_PRESS_MS = 600
const QUICK_MS = 600
const SWIPE_PX = 120
/** A finger trembles; more than this is no press. */
const SLACK_PX = 24

let timer: ReturnType<typeof setTimeout> | undefined
let start: { x: number; y: number } | null = null
let taps: number[] = []
let lastEscape = 0

/** Buttons on a header keep their own meaning, however often they are tapped. */
function counts(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-hide]') !== null && target.closest('button') === null
}

function onDown(event: PointerEvent): void {
  start = counts(event.target) ? { x: event.clientX, y: event.clientY } : null
  clearTimeout(timer)
  if (start) timer = setTimeout(hide, LONG_PRESS_MS)
}

function onMove(event: PointerEvent): void {
  if (!start) return
  const [across, along] = [Math.abs(event.clientX - start.x), Math.abs(event.clientY - start.y)]
  if (across > SLACK_PX || along > SLACK_PX) clearTimeout(timer)
  if (across <= SWIPE_PX || along > across / 2) return
  start = null
  hide()
}

function onUp(event: PointerEvent): void {
  clearTimeout(timer)
  if (!start) return
  start = null
  taps = [...taps.filter((at) => event.timeStamp - at < QUICK_MS * 1.5), event.timeStamp]
  if (taps.length < 3) return
  taps = []
  hide()
}

function onCancel(): void {
  clearTimeout(timer)
  start = null
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.repeat) return
  if (event.timeStamp - lastEscape < QUICK_MS) hide()
  lastEscape = event.timeStamp
}

/** Listen for the gestures, on every screen. */
export function watchHiding(): void {
  const options = { capture: true, passive: true }
  addEventListener('pointerdown', onDown, options)
  addEventListener('pointermove', onMove, options)
  addEventListener('pointerup', onUp, options)
  addEventListener('pointercancel', onCancel, options)
  addEventListener('keydown', onKey, options)
}
