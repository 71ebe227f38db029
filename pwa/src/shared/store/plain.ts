/** The few values that stand in clear (see schema.ts). */

import { commit, withDatabase } from './database'
import type { WrappedKey } from '../crypto'
import { PLACES } from './places'
import { DATABASE, type PlainValues } from './schema'

export async function readPlain<Name extends keyof PlainValues>(name: Name): Promise<PlainValues[Name] | undefined> {
  return withDatabase(async (db) => (await db.get('plain', name)) as PlainValues[Name] | undefined)
}

export async function writePlain<Name extends keyof PlainValues>(name: Name, value: PlainValues[Name]): Promise<void> {
  await commit([{ store: 'plain', key: name, value }])
}

/** Every wrapped key's place, for example to see whether a vault exists. */
export async function readKey(place: string) {
  return withDatabase((db) => db.get('keys', place))
}

/** Every wrapped key with its place. */
export async function listKeys(): Promise<{ place: string; wrapped: WrappedKey }[]> {
  return withDatabase(async (db) => {
    const transaction = db.transaction('keys')
    const [places, keys] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()])
    return places.map((place, at) => ({ place, wrapped: keys[at]! }))
  })
}

/** What lies sealed here, countable without any key: places are no secret, their content is. */
export interface SealedCounts {
  drafts: number
  entries: number
  witnesses: number
  /** Photos that are only here: of drafts and of records not yet delivered. */
  originals: number
}

export async function countSealed(): Promise<SealedCounts> {
  const under = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  return withDatabase(async (db) => {
    const transaction = db.transaction(['docs', 'originals'])
    const docs = transaction.objectStore('docs')
    const [drafts, entries, witnesses, originals] = await Promise.all([
      docs.count(under(PLACES.drafts)), docs.count(under(PLACES.outboxes)), docs.count(under(PLACES.witnesses)),
      transaction.objectStore('originals').count(),
    ])
    return { drafts, entries, witnesses, originals }
  })
}

/** The database's name, for those who delete it. */
export const databaseName = DATABASE
