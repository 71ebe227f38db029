/** `v-focus`: the field where typing begins once a dialog is open. */
import type { Directive } from 'vue'

const FIELD = 'textarea, input, button'
/** The dialog takes the focus first, when its own transition has begun. */
const AFTER_DIALOG_MS = 60

export const focus: Directive<HTMLElement> = {
  mounted(element) {
    setTimeout(() => (element.matches(FIELD) ? element : element.querySelector<HTMLElement>(FIELD))?.focus(), AFTER_DIALOG_MS)
  },
}
