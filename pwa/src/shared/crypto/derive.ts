import { deriveWrappingKey, type Derivation } from './vault'

/** A worker that knows nothing yet, started before it is needed. */
let waiting: Promise<Worker> | null = null

/**
 * Start a worker while the person types, so that nothing but the slow sum is left to wait for.
 *
 * See [Note: Workers offline].
 */
export function prepareDerivation(): void {
  waiting ??= newWorker()
  // Where its code cannot be had now, whoever derives asks again and is told.
  waiting.catch(() => { waiting = null })
}

/** Derive the wrapping key in a worker that ends with the job: the PIN stays in no long-lived memory. */
export async function deriveInWorker(secret: string, derivation: Derivation): Promise<CryptoKey> {
  const started = waiting ?? newWorker()
  waiting = null
  const worker = await started
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
