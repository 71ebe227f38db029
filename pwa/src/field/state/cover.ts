/** The notes page in front of everything: shown at once, left only through the PIN. */

import { shallowRef } from 'vue'
import { readCover, writeCover, type Cover } from '../../shared/store'
import { hear, tell } from '../../shared/sync/news'
import { lock, vault } from './session'

/** `notes`: the notes page is in front · `door`: the PIN is asked for · `off`: neither covers anything. */
export const cover = shallowRef<'notes' | 'door' | 'off'>('off')
/** The sealed content was destroyed by the second PIN: the notebook is all there is. */
export const spent = shallowRef<Cover['spent']>(null)
/** The person wants the notes page in front after every start and lock. */
export const always = shallowRef(false)

/** Counts how often everything was destroyed while this page was open. */
export const destroyed = shallowRef(0)

/** Take up how the app was left; call before anything is shown. */
export function showFront(known: Cover): void {
  spent.value = known.spent
  always.value = known.always
  cover.value = known.spent || known.shown || known.always ? 'notes' : 'off'
}

/**
 * Hide at once: the notes page stands there before anything else happens; then what is being written
 * is finished, and keys and decrypted content are forgotten. Every tab does the same.
 */
export function hide(): void {
  coverUp()
  tell({ type: 'hide' })
}

function coverUp(): void {
  if (cover.value === 'notes') return
  cover.value = 'notes'
  if (vault.value) void lock()
  void writeCover({ shown: true })
}

/** Ask for the PIN. */
export function showDoor(): void {
  cover.value = 'door'
}

/** The PIN was right. */
export function uncover(): void {
  if (cover.value === 'off') return
  cover.value = 'off'
  void writeCover({ shown: false })
}

/** Choose whether the notes page is in front after every start and lock. */
export async function setAlways(wanted: boolean): Promise<void> {
  await writeCover({ always: wanted })
  always.value = wanted
}

hear((news) => {
  if (news.type === 'hide') coverUp()
  // The other tabs still show what no longer exists; this one may show the empty notebook.
  if (news.type === 'gone') void lock().then(readCover).then(showFront).then(() => { destroyed.value += 1 })
})
