/** Measuring a ride: a fix now and then between start and stop, and only while the visit is open. */

import { computed, onUnmounted, ref, watch } from 'vue'
import { FIX_EVERY_MS, isRunning, newTrack, rideKind, rideOf, withFare, withFix } from '../../domain/ride'
import { t } from '../i18n'
import { expectRide } from './autolock'
import { fixOnce } from './locate'
import type { Visit } from './visit'

export function useRide(visit: Visit) {
  const { draft, checklist, tariffs } = visit
  const now = ref(Date.now())
  const kind = computed(() => rideKind(draft.subject, checklist))
  const tariff = computed(() => tariffs?.find((one) => one.kind === kind.value) ?? null)
  const running = computed(() => isRunning(draft.track))
  /** Whether the campaign lets phones measure this ride. */
  const allowed = computed(() => tariffs !== null && kind.value !== null)
  let timer: ReturnType<typeof setInterval> | undefined

  function start(): void {
    draft.track = newTrack(new Date().toISOString())
    // The tariff goes by the kind of vehicle, so the record must name it.
    if (!draft.subject && kind.value) draft.subject = { kind: kind.value, label: t(`visit.subject.${kind.value}`) }
    advance()
  }
  /** The last fix is taken at the end, where the way ends. */
  async function stop(): Promise<void> {
    const track = draft.track
    if (!track) return
    expectRide(false)
    clearInterval(timer)
    const ended = new Date().toISOString()
    const fix = await fixOnce()
    const last = fix && draft.track ? withFix(draft.track, fix) : draft.track
    if (last) draft.track = { ...last, ended_at: ended, last: null }
    advance()
  }
  async function measure(): Promise<void> {
    const fix = await fixOnce()
    if (fix && draft.track) draft.track = withFix(draft.track, fix)
    advance()
  }
  function advance(): void {
    if (draft.track) draft.ride = rideOf(draft.ride, draft.track, new Date().toISOString(), tariff.value)
  }

  watch(running, (goesOn) => {
    clearInterval(timer)
    expectRide(goesOn)
    if (!goesOn) return
    void measure()
    timer = setInterval(() => void measure(), FIX_EVERY_MS)
  }, { immediate: true })
  // Another kind of vehicle has another tariff; a way that was corrected by hand another fare.
  watch([tariff, () => draft.ride?.distance_m], () => {
    if (draft.ride) draft.ride = withFare(draft.ride, tariff.value, draft.track?.started_at ?? draft.started_at)
  })
  const clock = setInterval(() => { now.value = Date.now() }, 1000)
  onUnmounted(() => {
    clearInterval(clock)
    clearInterval(timer)
    expectRide(false)
  })
  return { kind, tariff, running, allowed, now, start, stop }
}
