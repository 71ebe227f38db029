/** How bright the screen is: by the phone's own setting, or as the person wants it. */

import { ref } from 'vue'
import { writePlain } from '../../shared/store'

export const LOOKS = ['auto', 'light', 'dark', 'dim'] as const
export type Look = (typeof LOOKS)[number]

export const look = ref<Look>('auto')

/** Show what was chosen; call before the first screen, so that nothing flashes. */
export function showLook(known: string | undefined): void {
  show(LOOKS.find((one) => one === known) ?? 'auto')
}

/** Choose, and remember it. */
export async function setLook(next: Look): Promise<void> {
  await writePlain('look', next)
  show(next)
}

function show(next: Look): void {
  look.value = next
  document.documentElement.dataset.look = next
  // When styles are computed anyway.
  requestAnimationFrame(colourBar)
}

/** The bar of the system takes the ground's colour: it must not light up either. */
function colourBar(): void {
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground').trim()
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground)
}
