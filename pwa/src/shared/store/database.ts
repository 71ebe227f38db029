/** The connection, and the one way to write: a strict transaction of everything that belongs together. */

import { deleteDB, openDB, type IDBPDatabase } from 'idb'
import { DATABASE, STORES, VERSION, type NotesSchema, type StoreName } from './schema'

type Database = IDBPDatabase<NotesSchema>

let connection: Promise<Database> | null = null

function open(): Promise<Database> {
  connection ??= openDB<NotesSchema>(DATABASE, VERSION, {
    upgrade(db) {
      for (const name of STORES) db.createObjectStore(name)
    },
    blocking: () => void close(),
    // iOS kills connections of a page in the background: forget it, the next access opens a new one.
    terminated: () => { connection = null },
  })
  connection.catch(() => { connection = null })
  return connection
}

/** Close the connection; the next access opens it again. */
export async function close(): Promise<void> {
  const closing = connection
  connection = null
  if (closing) (await closing).close()
}

/** Run with the database; once more on a fresh connection if the system had closed the old one. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await work(await open())
  } catch (error) {
    if (!(error instanceof DOMException) || !['InvalidStateError', 'UnknownError'].includes(error.name)) throw error
    await close()
    return work(await open())
  }
}

/**
 * Destroy everything sealed. The keys go in one strict transaction with all they open: should the
 * deletion of the database be held up by another tab, what is left of it is empty.
 */
export async function destroy(): Promise<void> {
  await withDatabase(async (db) => {
    const transaction = db.transaction(STORES, 'readwrite', { durability: 'strict' })
    await Promise.all([...STORES.map((name) => transaction.objectStore(name).clear()), transaction.done])
  })
  await close()
  await deleteDB(DATABASE)
}

export type Change = {
  [Name in StoreName]: { store: Name; key: string; value: NotesSchema[Name]['value'] | null }
}[StoreName]

/**
 * Write all changes or none, in one transaction with strict durability: when this resolves, the
 * system has been asked to put them on the disk (Chrome's default is relaxed). A null value deletes.
 */
export async function commit(changes: readonly Change[]): Promise<void> {
  await withDatabase(async (db) => {
    const names = [...new Set(changes.map((change) => change.store))]
    const transaction = db.transaction(names, 'readwrite', { durability: 'strict' })
    const writes = changes.map(({ store, key, value }) => {
      const target = transaction.objectStore(store)
      return value === null ? target.delete(key) : target.put(value, key)
    })
    await Promise.all([...writes, transaction.done])
  })
}
