import { deriveWrappingKey, type Derivation } from './vault'

/**
 * Derive the wrapping key in a worker that ends with the job: the PIN stays in no long-lived memory.
 *
 * [Note: Workers offline] Workers are made from inlined code (`?worker&inline`), fetched as a chunk
 * when first needed: a worker's own script address would lie outside the service worker's scope
 * `/field`, so it could not start without a network.
 */
export async function deriveInWorker(secret: string, derivation: Derivation): Promise<CryptoKey> {
  const { default: DeriveWorker } = await import('./derive.worker?worker&inline')
  const worker = new DeriveWorker()
  const channel = new MessageChannel()
  const derived = await new Promise<CryptoKey | null>((resolve, reject) => {
    channel.port1.onmessage = ({ data }: MessageEvent<CryptoKey | null>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message || 'derivation failed'))
    worker.postMessage({ secret, derivation }, [channel.port2])
  }).finally(() => {
    channel.port1.close()
    worker.terminate()
  })
  // See [Note: Keys that stay].
  return derived ?? deriveWrappingKey(secret, derivation)
}
