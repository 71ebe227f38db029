/** `v-focus`: the field where typing begins once a dialog is open; of several, the one whose value is not false. */
import type { Directive } from 'vue'

const FIELD = 'textarea, input, button'
/** The dialog takes the focus first, when its own transition has begun. */
const AFTER_DIALOG_MS = 60

export const focus: Directive<HTMLElement, boolean | undefined> = {
  mounted(element, { value }) {
    if (value === false) return
    setTimeout(() => (element.matches(FIELD) ? element : element.querySelector<HTMLElement>(FIELD))?.focus(), AFTER_DIALOG_MS)
  },
}
