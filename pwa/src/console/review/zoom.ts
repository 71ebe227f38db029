/** Zoom, rotation and dragging of one picture. */
import { computed, reactive } from 'vue'

const LEAST = 1
const MOST = 8
const STEP = 1.5

export function useZoom() {
  const at = reactive({ scale: 1, turn: 0, x: 0, y: 0 })
  let held: { id: number; x: number; y: number } | null = null
  const zoomed = computed(() => at.scale > 1)

  function scaleTo(scale: number): void {
    at.scale = Math.min(MOST, Math.max(LEAST, scale))
    if (at.scale === LEAST) {
      at.x = 0
      at.y = 0
    }
  }

  return {
    zoomed,
    style: computed(() => ({ transform: `translate(${at.x}px, ${at.y}px) rotate(${at.turn}deg) scale(${at.scale})` })),
    zoomIn: (): void => scaleTo(at.scale * STEP),
    zoomOut: (): void => scaleTo(at.scale / STEP),
    /** Fit → close → very close → fit. */
    toggle: (): void => scaleTo(at.scale < 2 ? 2.5 : at.scale < 5 ? 5 : 1),
    rotate: (): void => { at.turn = (at.turn + 90) % 360 },
    reset: (): void => { Object.assign(at, { scale: 1, turn: 0, x: 0, y: 0 }) },
    wheel: (event: WheelEvent): void => scaleTo(at.scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15)),
    dragStart(event: PointerEvent): void {
      if (!zoomed.value) return
      held = { id: event.pointerId, x: event.clientX - at.x, y: event.clientY - at.y }
      ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    },
    drag(event: PointerEvent): void {
      if (held === null || held.id !== event.pointerId) return
      at.x = event.clientX - held.x
      at.y = event.clientY - held.y
    },
    dragEnd: (): void => { held = null },
  }
}
