/** Photos: originals as they came and small previews, each sealed under a random id. */

import { openBytes, sealBytes, type Bytes } from '../crypto'
import { withDatabase, type Change } from './database'

type MediaStore = 'originals' | 'thumbs'

export async function mediaChange(key: CryptoKey, store: MediaStore, id: string, data: BufferSource): Promise<Change> {
  return { store, key: id, value: await sealBytes(key, `${store}/${id}`, data) }
}

export function mediaRemoval(store: MediaStore, id: string): Change {
  return { store, key: id, value: null }
}

/** Whether a photo is still here. */
export async function hasMedia(store: MediaStore, id: string): Promise<boolean> {
  return (await withDatabase((db) => db.getKey(store, id))) !== undefined
}

/** Ids of every photo that is still here. */
export async function listMedia(store: MediaStore): Promise<string[]> {
  return withDatabase((db) => db.getAllKeys(store))
}

/** Read a photo or preview, or null where there is none (an original that was delivered). */
export async function readMedia(key: CryptoKey, store: MediaStore, id: string): Promise<Bytes | null> {
  const box = await withDatabase((db) => db.get(store, id))
  return box ? openBytes(key, `${store}/${id}`, box) : null
}
