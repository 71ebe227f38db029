/** Who is in: nobody, or the holder of the PIN. Locking takes every key and every decrypted thing out of memory. */

import { shallowRef } from 'vue'
import { stopPhotoWorker } from '../../shared/capture/photo'
import type { OpenVault } from '../../shared/capture/vault'
import { PLACES, readBox, readDoc, readSound, type DeviceDoc } from '../../shared/store'
import { startSync, stopSync } from '../../shared/sync/client'
import { hear } from '../../shared/sync/news'

export const vault = shallowRef<OpenVault | null>(null)
export const device = shallowRef<DeviceDoc | null>(null)
/** What makes this phone the office's does not open any more: all else can still be read and taken out. */
export const deviceDamaged = shallowRef(false)

const onLock: (() => void | Promise<void>)[] = []

/** Register what must be forgotten (or finished) when the app locks. */
export function beforeLock(work: () => void | Promise<void>): void {
  onLock.push(work)
}

export function requireVault(): OpenVault {
  if (!vault.value) throw new Error('locked')
  return vault.value
}

/** Take an opened vault into use; sending begins if this phone is enrolled. */
export async function enter(opened: OpenVault): Promise<void> {
  device.value = await readSound<DeviceDoc>(opened.storeKey, PLACES.device)
  deviceDamaged.value = !device.value && (await readBox(PLACES.device)) !== undefined
  vault.value = opened
  void resumeSync()
}

/** Begin sending once there is a device to send as. */
async function resumeSync(): Promise<void> {
  if (!device.value?.device) return
  // The first screen comes first: the worker's code must not compete with it for a slow network or processor.
  await new Promise<void>((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(() => resolve(), { timeout: 500 } as never))
  if (!vault.value) return
  const { storeKey, deviceKey } = vault.value
  await startSync({ storeKey, deviceKey })
}

let locking: Promise<void> | null = null

/** Lock: finish what is being written, then forget; also when the writing failed. */
export function lock(): Promise<void> {
  locking ??= finishAndForget().finally(() => { locking = null })
  return locking
}

async function finishAndForget(): Promise<void> {
  const endings = await Promise.allSettled(onLock.map(async (work) => work()))
  await stopSync()
  stopPhotoWorker()
  vault.value = null
  device.value = null
  deviceDamaged.value = false
  for (const ending of endings) if (ending.status === 'rejected') console.error(ending.reason)
}

hear((news) => {
  if (news.type === 'lock') void lock()
  if (news.type !== 'device' || !vault.value) return
  void readDoc<DeviceDoc>(vault.value.storeKey, PLACES.device).then((doc) => { device.value = doc })
})
