import { deriveWrappingKey, type Derivation } from './vault'

/** A worker that knows nothing yet, started before it is needed. */
let waiting: Worker | null = null

/**
 * Start a worker while the person types, so that nothing but the slow sum is left to wait for.
 *
 * See [Note: Workers offline].
 */
export async function prepareDerivation(): Promise<void> {
  waiting ??= await newWorker()
}

/**
 * Derive the wrapping key in a worker that ends with the job: the PIN stays in no long-lived memory. A worker that waits
 * begins at once, before the page draws what was typed.
 */
export function deriveInWorker(secret: string, derivation: Derivation): Promise<CryptoKey> {
  const worker = waiting
  waiting = null
  return worker ? deriveBy(worker, secret, derivation) : newWorker().then((started) => deriveBy(started, secret, derivation))
}

async function deriveBy(worker: Worker, secret: string, derivation: Derivation): Promise<CryptoKey> {
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

async function newWorker(): Promise<Worker> {
  const { default: DeriveWorker } = await import('./derive.worker?worker&inline')
  return new DeriveWorker()
}
