/** Previews as object URLs, opened from the sealed store when shown and revoked with the lock. */

import { readMedia } from '../../shared/store'
import { beforeLock, requireVault } from './session'

const urls = new Map<string, string>()

/** Address of a photo's preview, or null where there is none. */
export async function thumbUrl(id: string): Promise<string | null> {
  const known = urls.get(id)
  if (known) return known
  const bytes = await readMedia(requireVault().storeKey, 'thumbs', id)
  if (!bytes) return null
  const url = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
  urls.set(id, url)
  return url
}

beforeLock(() => {
  for (const url of urls.values()) URL.revokeObjectURL(url)
  urls.clear()
})
