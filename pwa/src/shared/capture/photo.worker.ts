/** The worker in which photos are made. */

import { StorageFull } from '../store'
import type { FromPhotoWorker, ToPhotoWorker } from './photoMessages'
import { work } from './photoWork'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = ({ data, ports }: MessageEvent<ToPhotoWorker>) => {
  const answer = (message: FromPhotoWorker) => ports[0]!.postMessage(message)
  work(data).then(
    (photo) => answer({ photo }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message || error.name : String(error), full: error instanceof StorageFull }),
  )
}
