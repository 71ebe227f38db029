/** Single keys as commands: never while somebody types, never with a modifier, never under an open dialog. */
import { onActivated, onBeforeUnmount, onDeactivated, onMounted } from 'vue'

export type Hotkeys = Record<string, (event: KeyboardEvent) => void>

const TYPING = 'input, textarea, select, [contenteditable="true"]'
const MODAL = '.el-overlay:not([style*="display: none"]) [role="dialog"]'

/** Whether a key press belongs to a field or a dialog rather than to the page. */
export function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true
  const target = event.target
  if (target instanceof Element && target.closest(TYPING)) return true
  return document.querySelector(MODAL) !== null
}

/** Bind keys (as `KeyboardEvent.key` names them) while the component is shown. */
export function useHotkeys(keys: () => Hotkeys): void {
  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || belongsElsewhere(event)) return
    const command = keys()[event.key]
    if (command === undefined) return
    event.preventDefault()
    command(event)
  }
  const listen = (): void => globalThis.addEventListener('keydown', pressed)
  const stop = (): void => globalThis.removeEventListener('keydown', pressed)
  // A kept-alive page must not hear keys while another is shown; adding a listener twice adds it once.
  onMounted(listen)
  onActivated(listen)
  onDeactivated(stop)
  onBeforeUnmount(stop)
}
