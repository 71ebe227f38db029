/** [Note: Photo path] 1a · shutter: a camera frame or a file becomes bytes, a hash and a preview, in a worker. */

import type { Bytes } from '../crypto'

export type PhotoRequest = { kind: 'frame'; frame: ImageBitmap } | { kind: 'file'; file: Blob }

export interface MadePhoto {
  /** The original: the camera's JPEG, or the file's bytes as the browser handed them over. */
  data: Bytes
  /** JPEG preview, or null when this browser cannot decode the picture. */
  thumb: Bytes | null
  mime: string
  sha256: string
}

let worker: Worker | null = null

/** Make a photo. Rejects when the picture cannot be made, for example for lack of memory. */
export function makePhoto(request: PhotoRequest): Promise<MadePhoto> {
  worker ??= new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' })
  const channel = new MessageChannel()
  const transfer: Transferable[] = [channel.port2, ...(request.kind === 'frame' ? [request.frame] : [])]
  const target = worker
  return new Promise<MadePhoto>((resolve, reject) => {
    channel.port1.onmessage = ({ data }: MessageEvent<{ photo?: MadePhoto; error?: string }>) => {
      if (data.photo) resolve(data.photo)
      else reject(new Error(data.error))
      channel.port1.close()
    }
    target.onerror = (event) => reject(new Error(event.message || 'photo worker failed'))
    target.postMessage(request, transfer)
  })
}

/** End the worker, for example on lock. */
export function stopPhotoWorker(): void {
  worker?.terminate()
  worker = null
}
