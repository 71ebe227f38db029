/** Sealed JSON documents by place. Reading and writing need the store key; the place is bound into each box. */

import { openJson, sealJson } from '../crypto'
import { withDatabase, type Change } from './database'

/** Read one document, or null where there is none. Throws when it does not open with this key. */
export async function readDoc<T>(key: CryptoKey, place: string): Promise<T | null> {
  const box = await withDatabase((db) => db.get('docs', place))
  return box ? ((await openJson(key, place, box)) as T) : null
}

/** Read every document whose place begins with `prefix`. */
export async function listDocs<T>(key: CryptoKey, prefix: string): Promise<T[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  const [places, boxes] = await withDatabase(async (db) => {
    const transaction = db.transaction('docs')
    return Promise.all([transaction.store.getAllKeys(range), transaction.store.getAll(range)])
  })
  return Promise.all(boxes.map(async (box, at) => (await openJson(key, places[at]!, box)) as T))
}

/** A document sealed and ready to be committed with whatever belongs to the same transaction. */
export async function docChange(key: CryptoKey, place: string, value: unknown): Promise<Change> {
  return { store: 'docs', key: place, value: await sealJson(key, place, value) }
}

export function docRemoval(place: string): Change {
  return { store: 'docs', key: place, value: null }
}
