/** [Note: Photo path] 1a · shutter: a camera frame or a file becomes bytes, a hash and a preview, in a worker. */

import type { MadePhoto, PhotoRequest } from './photoMessages'

let worker: Worker | null = null

/** Make a photo. Rejects when the picture cannot be made, for example for lack of memory. */
export async function makePhoto(request: PhotoRequest): Promise<MadePhoto> {
  // See [Note: Workers offline].
  const { default: PhotoWorker } = await import('./photo.worker?worker&inline')
  worker ??= new PhotoWorker()
  const channel = new MessageChannel()
  const transfer: Transferable[] = [channel.port2, ...(request.kind === 'frame' ? [request.frame] : [])]
  const target = worker
  return new Promise<MadePhoto>((resolve, reject) => {
    channel.port1.onmessage = ({ data }: MessageEvent<{ photo?: MadePhoto; error?: string }>) => {
      if (data.photo) resolve(data.photo)
      else reject(new Error(data.error))
      channel.port1.close()
    }
    target.onerror = (event) => {
      // A worker that could not start would stay broken: the next photo gets a new one.
      stopPhotoWorker()
      reject(new Error(event.message || 'photo worker failed'))
    }
    target.postMessage(request, transfer)
  })
}

/** End the worker, for example on lock. */
export function stopPhotoWorker(): void {
  worker?.terminate()
  worker = null
}
