/**
 * [Note: Photo path] 1a · shutter: a camera frame or a file becomes bytes, a hash and a preview, sealed and written
 * with the draft that names them, all in a worker: megabytes that pass through the page would hold it up.
 */

import type { Draft } from '../../domain/draft'
import { isUnclonable } from '../crypto'
import { docChange, PLACES, StorageFull } from '../store'
import type { FromPhotoWorker, MadePhoto, PhotoRequest, ToPhotoWorker } from './photoMessages'

let worker: Worker | null = null

/** Make a photo and hold it under `id`. Rejects when the picture cannot be made, for example for lack of memory. */
export async function makePhoto(storeKey: CryptoKey, id: string, request: PhotoRequest): Promise<MadePhoto> {
  // See [Note: Workers offline].
  const { default: PhotoWorker } = await import('./photo.worker?worker&inline')
  worker ??= new PhotoWorker()
  const photo = await askOrDo({ type: 'make', id, storeKey, request }, request.kind === 'frame' ? [request.frame] : [])
  if (!photo) throw new Error('no photo was made')
  return photo
}

/** Original, preview and the draft that names them: one strict transaction. Throws StorageFull. */
export async function keepPhoto(storeKey: CryptoKey, draft: Draft, id: string): Promise<void> {
  await askOrDo({ type: 'keep', id, draft: await docChange(storeKey, PLACES.draft(draft.id), draft) }, [])
}

/** See [Note: Keys that stay]. What was made here is kept here. */
let here = false

async function askOrDo(message: ToPhotoWorker, transfer: Transferable[]): Promise<MadePhoto | null> {
  if (!here) {
    if (!worker) throw new Error('the photo worker ended')
    try {
      return await ask(worker, message, transfer)
    } catch (error) {
      if (!isUnclonable(error)) throw error
      here = true
    }
  }
  const { work } = await import('./photoWork')
  return work(message)
}

function ask(target: Worker, message: ToPhotoWorker, transfer: Transferable[]): Promise<MadePhoto | null> {
  const channel = new MessageChannel()
  return new Promise<MadePhoto | null>((resolve, reject) => {
    channel.port1.onmessage = ({ data }: MessageEvent<FromPhotoWorker>) => {
      if ('photo' in data) resolve(data.photo)
      else reject(data.full ? new StorageFull(data.error) : new Error(data.error))
    }
    target.onerror = (event) => {
      // A worker that could not start would stay broken: the next photo gets a new one.
      stopPhotoWorker()
      reject(new Error(event.message || 'photo worker failed'))
    }
    target.postMessage(message, [channel.port2, ...transfer])
  }).finally(() => channel.port1.close())
}

/** End the worker, for example on lock. */
export function stopPhotoWorker(): void {
  worker?.terminate()
  worker = null
}
