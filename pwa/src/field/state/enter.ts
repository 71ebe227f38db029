/** Unlocking, and what begins with it. Fetched while the person types. */

import { stopPhotoWorker } from '../../shared/capture/photo'
import { unlockVault, type OpenVault, type UnlockResult } from '../../shared/capture/vault'
import { PLACES, readBox, readDoc, readSound, type DeviceDoc } from '../../shared/store'
import { startSync, stopSync } from '../../shared/sync/client'
import { hear } from '../../shared/sync/news'
import { device, deviceDamaged, vault, whenWritten } from './session'

export { prepareUnlocking } from '../../shared/capture/vault'

/** Try a PIN or passphrase, and enter if it opens. */
export async function unlock(secret: string): Promise<UnlockResult> {
  const result = await unlockVault(secret)
  if (result.kind === 'open') await enter(result.vault)
  return result
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

whenWritten(stopSync)
whenWritten(stopPhotoWorker)

hear((news) => {
  if (news.type !== 'device' || !vault.value) return
  void readDoc<DeviceDoc>(vault.value.storeKey, PLACES.device).then((doc) => { device.value = doc })
})
