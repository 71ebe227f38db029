/** Writes in the order they were asked for, one at a time; of several waiting states of the same thing the newest. */

import { ref } from 'vue'
import { faultText } from '../i18n'

export type SaveState = 'saved' | 'saving' | 'failed'

const AGAIN_MS = 3_000

export interface Autosave {
  state: ReturnType<typeof ref<SaveState>>
  fault: ReturnType<typeof ref<string>>
  /** The content changed: write its newest state soon, once. */
  touch: () => void
  /** Run a write of its own (a photo with its draft) in turn. Rejects when it fails. */
  run: (work: () => Promise<void>) => Promise<void>
  /** Resolves when everything asked for so far is on the disk, or has failed. */
  settled: () => Promise<void>
}

/** `write` must take a snapshot of the newest state synchronously and then store it. */
export function createAutosave(write: () => Promise<void>): Autosave {
  const state = ref<SaveState>('saved')
  const fault = ref<string>('')
  let tail: Promise<void> = Promise.resolve()
  let queued = false

  function enqueue(work: () => Promise<void>): Promise<void> {
    state.value = 'saving'
    const result = tail.then(work)
    const last: Promise<void> = result.then(() => ok(last), (error: unknown) => failed(error))
    tail = last
    return result
  }
  function ok(mine: Promise<void>): void {
    if (tail === mine) state.value = 'saved'
  }
  function failed(error: unknown): void {
    state.value = 'failed'
    fault.value = faultText(error)
  }
  /** What could not be kept is tried again without a keystroke: the system may have room or a connection by then. */
  function touch(): void {
    if (queued) return
    queued = true
    enqueue(() => {
      queued = false
      return write()
    }).catch(() => setTimeout(() => { if (state.value === 'failed') touch() }, AGAIN_MS)) // Shown through `state` and `fault`.
  }
  return {
    state, fault, touch,
    run: enqueue,
    settled: () => tail,
  }
}
