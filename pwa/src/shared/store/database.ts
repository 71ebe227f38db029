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
  // A connection that never opened has nothing to close.
  await closing?.then((db) => db.close(), () => undefined)
}

/** There is no room: said only after a second try on a fresh connection, because browsers say it too easily. */
export class StorageFull extends Error {
  override name = 'StorageFull'
}

/** What the system does to a connection behind the page's back, most of all on iOS. */
const CLOSED_BY_SYSTEM = ['InvalidStateError', 'UnknownError', 'AbortError', 'TransactionInactiveError']

/** Run with the database; once more on a fresh connection if the system had closed or broken the old one. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await work(await open())
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    const full = error.name === 'QuotaExceededError'
    if (!full && !CLOSED_BY_SYSTEM.includes(error.name)) throw error
    await close()
    return full ? againThoughFull(work) : work(await open())
  }
}

async function againThoughFull<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await work(await open())
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new StorageFull('storage is full')
    throw error
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
    const done = transaction.done
    try {
      for (const { store, key, value } of changes) {
        const target = transaction.objectStore(store)
        // What fails fails the transaction, whose own ending is awaited.
        void (value === null ? target.delete(key) : target.put(value, key)).catch(() => undefined)
      }
      await done
    } catch (error) {
      // A write refused on the spot leaves the transaction open, and it would commit the ones before it.
      if (!transaction.error) abort(transaction)
      await done.catch(() => undefined)
      // A write that was cut off says "aborted"; why it was, only the transaction knows.
      throw transaction.error ?? error
    }
  })
}

function abort(transaction: { abort: () => void }): void {
  try {
    transaction.abort()
  } catch (error) {
    // It was over already: nothing is left to undo.
    if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error
  }
}
