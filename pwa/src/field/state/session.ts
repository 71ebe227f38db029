/** Who is in: nobody, or the holder of the PIN. Locking takes every key and every decrypted thing out of memory. */

import { shallowRef } from 'vue'
import type { OpenVault } from '../../shared/capture/vault'
import type { DeviceDoc } from '../../shared/store'
import { hear } from '../../shared/sync/news'

export const vault = shallowRef<OpenVault | null>(null)
export const device = shallowRef<DeviceDoc | null>(null)
/** What makes this phone the office's does not open any more: all else can still be read and taken out. */
export const deviceDamaged = shallowRef(false)

type Ending = () => void | Promise<void>
const onLock: Ending[] = []
const onWritten: Ending[] = []

/** Register what must be forgotten (or finished) when the app locks. */
export function beforeLock(work: Ending): void {
  onLock.push(work)
}

/** Register what ends with the keys, once everything is written. */
export function whenWritten(work: Ending): void {
  onWritten.push(work)
}

export function requireVault(): OpenVault {
  if (!vault.value) throw new Error('locked')
  return vault.value
}

let locking: Promise<void> | null = null

/** Lock: finish what is being written, then forget; also when the writing failed. */
export function lock(): Promise<void> {
  locking ??= finishAndForget().finally(() => { locking = null })
  return locking
}

async function finishAndForget(): Promise<void> {
  const endings = await Promise.allSettled(onLock.map(async (work) => work()))
  for (const work of onWritten) await work()
  vault.value = null
  device.value = null
  deviceDamaged.value = false
  for (const ending of endings) if (ending.status === 'rejected') console.error(ending.reason)
}

hear((news) => {
  if (news.type === 'lock') void lock()
})
