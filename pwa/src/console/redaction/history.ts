/** Undo and redo over whole lists of boxes: small enough to keep each state as it was. */
import { computed, ref, shallowRef } from 'vue'
import type { Box } from './geometry'

const MOST_STEPS = 200

export function useBoxes(initial: readonly Box[]) {
  const boxes = shallowRef<readonly Box[]>([...initial])
  const past = shallowRef<(readonly Box[])[]>([])
  const future = shallowRef<(readonly Box[])[]>([])
  const selected = ref<number | null>(null)

  function change(next: readonly Box[]): void {
    past.value = [...past.value.slice(-MOST_STEPS), boxes.value]
    future.value = []
    boxes.value = next
  }

  function step(from: typeof past, to: typeof past): void {
    const state = from.value.at(-1)
    if (state === undefined) return
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, boxes.value]
    boxes.value = state
    selected.value = null
  }

  return {
    boxes,
    selected,
    add(box: Box): void {
      change([...boxes.value, box])
      selected.value = boxes.value.length - 1
    },
    replace(place: number, box: Box): void {
      change(boxes.value.map((one, index) => (index === place ? box : one)))
    },
    remove(place: number): void {
      change(boxes.value.filter((_, index) => index !== place))
      selected.value = null
    },
    undo: (): void => step(past, future),
    redo: (): void => step(future, past),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
  }
}
