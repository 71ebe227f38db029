/** Screens as a stack that follows the phone's back button. Addresses stay neutral: nothing of it shows in the URL. */

import { shallowRef } from 'vue'
import { beforeLock } from './session'

export type Screen =
  | { name: 'today' }
  | { name: 'outbox' }
  | { name: 'settings' }
  | { name: 'free' }
  | { name: 'visit'; draft: string }
  | { name: 'entry'; entry: string }

const stack: Screen[] = [{ name: 'today' }]
export const screen = shallowRef<Screen>(stack[0]!)

/** Open a screen above the present one. */
export function push(next: Screen): void {
  stack.push(next)
  history.pushState({ depth: stack.length }, '')
  screen.value = next
  scrollTo(0, 0)
}

/** Show another main screen in place of all. */
export function reset(next: Screen): void {
  stack.splice(0, stack.length, next)
  history.replaceState({ depth: 1 }, '')
  screen.value = next
  scrollTo(0, 0)
}

export function back(): void {
  if (stack.length > 1) history.back()
  else reset({ name: 'today' })
}

addEventListener('popstate', () => {
  if (stack.length > 1) stack.pop()
  screen.value = stack.at(-1)!
})
beforeLock(() => reset({ name: 'today' }))
