/** Sealed JSON documents by place. Reading and writing need the store key; the place is bound into each box. */

import { openJson, sealJson, type Box } from '../crypto'
import { withDatabase, type Change } from './database'

/** Read one document, or null where there is none. Throws when it does not open with this key. */
export async function readDoc<T>(key: CryptoKey, place: string): Promise<T | null> {
  const box = await readBox(place)
  return box ? ((await openJson(key, place, box)) as T) : null
}

/** Read a document that can be had again or done without: one that does not open counts as none. */
export async function readSound<T>(key: CryptoKey, place: string): Promise<T | null> {
  const box = await readBox(place)
  return box ? opened<T>(key, place, box) : null
}

/** A document as it lies there. */
export async function readBox(place: string): Promise<Box | undefined> {
  return withDatabase((db) => db.get('docs', place))
}

export interface Survey<T> {
  docs: T[]
  /** Places whose content does not open any more. */
  damaged: string[]
}

/** Read every document whose place begins with `prefix`; one that is damaged is named and hides no other. */
export async function surveyDocs<T>(key: CryptoKey, prefix: string): Promise<Survey<T>> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  const [places, boxes] = await withDatabase(async (db) => {
    const transaction = db.transaction('docs')
    return Promise.all([transaction.store.getAllKeys(range), transaction.store.getAll(range)])
  })
  const docs = await Promise.all(boxes.map((box, at) => opened<T>(key, places[at]!, box)))
  return { docs: docs.filter((doc) => doc !== null), damaged: places.filter((_, at) => docs[at] === null) }
}

/** Every sound document whose place begins with `prefix`. */
export async function listDocs<T>(key: CryptoKey, prefix: string): Promise<T[]> {
  return (await surveyDocs<T>(key, prefix)).docs
}

/**
 * Null for a box that does not open with a key that opens others: broken bytes (`OperationError`), or
 * something that is no box at all (`TypeError`). What opens is what was sealed here, JSON by construction.
 */
async function opened<T>(key: CryptoKey, place: string, box: Box): Promise<T | null> {
  try {
    return (await openJson(key, place, box)) as T
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'OperationError')) return null
    throw error
  }
}

/** A document sealed and ready to be committed with whatever belongs to the same transaction. */
export async function docChange(key: CryptoKey, place: string, value: unknown): Promise<Change> {
  return { store: 'docs', key: place, value: await sealJson(key, place, value) }
}

export function docRemoval(place: string): Change {
  return { store: 'docs', key: place, value: null }
}
