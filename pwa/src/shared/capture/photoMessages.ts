/** What a page and its photo worker say to each other. */

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
