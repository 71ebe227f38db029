/** Derives the wrapping key off the page's thread, so that the screen stays alive during the slow sum. */

import { deriveWrappingKey, type Derivation } from './vault'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = async ({ data, ports }: MessageEvent<{ secret: string; derivation: Derivation }>) => {
  ports[0]!.postMessage(await deriveWrappingKey(data.secret, data.derivation))
}
