/** What a page and its photo worker say to each other. */

import type { Change } from '../store'

export type PhotoRequest = { kind: 'frame'; frame: ImageBitmap } | { kind: 'file'; file: Blob }

export interface MadePhoto {
  /** Length of the original in bytes: the camera's JPEG, or the file's bytes as the browser handed them over. */
  bytes: number
  mime: string
  sha256: string
}

/**
 * make: shot or file become an original and a preview, sealed under `id`; they stay in the worker ·
 * keep: write them with the draft that names them, in one transaction.
 */
export type ToPhotoWorker =
  | { type: 'make'; id: string; storeKey: CryptoKey; request: PhotoRequest }
  | { type: 'keep'; id: string; draft: Change }

/** `full`: there is no room. */
export type FromPhotoWorker = { photo: MadePhoto | null } | { error: string; full: boolean }
