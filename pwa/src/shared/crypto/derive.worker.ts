/** Derives the wrapping key off the page's thread, so that the screen stays alive during the slow sum. */

import { isUnclonable } from './unclonable'
import { deriveWrappingKey, type Derivation } from './vault'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = async ({ data, ports }: MessageEvent<{ secret: string; derivation: Derivation }>) => {
  const key = await deriveWrappingKey(data.secret, data.derivation)
  try {
    ports[0]!.postMessage(key)
  } catch (error) {
    if (!isUnclonable(error)) throw error
    ports[0]!.postMessage(null)
  }
}
