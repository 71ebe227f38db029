import type { Derivation } from './vault'

/** Derive the wrapping key in a worker that ends with the job: the PIN stays in no long-lived memory. */
export function deriveInWorker(secret: string, derivation: Derivation): Promise<CryptoKey> {
  const worker = new Worker(new URL('./derive.worker.ts', import.meta.url), { type: 'module' })
  const channel = new MessageChannel()
  return new Promise<CryptoKey>((resolve, reject) => {
    channel.port1.onmessage = ({ data }: MessageEvent<CryptoKey>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message || 'derivation failed'))
    worker.postMessage({ secret, derivation }, [channel.port2])
  }).finally(() => {
    channel.port1.close()
    worker.terminate()
  })
}
