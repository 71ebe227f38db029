/**
 * The notebook in front: harmless notes in clear, in a database of their own, so that destroying the
 * sealed one leaves nothing of it behind. Beside them stands how the app shows itself.
 */

import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Protection } from '../../domain/secret'
import type { Derivation, WrappedKey } from '../crypto'

export const NOTEBOOK = 'pages'

/** `front`: without a lock · `back`: behind the PIN of a phone whose sealed content was destroyed. */
export type Folder = 'front' | 'back'

export interface Note {
  id: string
  folder: Folder
  text: string
  /** RFC 3339 UTC of the last change. */
  at: string
}

/** The PIN that opens an empty notebook after the sealed content is gone. */
export interface SpentLock {
  derivation: Derivation
  wrapped: WrappedKey
  protection: Protection
}

export interface Cover {
  /** The notes page is in front now. */
  shown: boolean
  /** The person wants it in front whenever the app opens or locks. */
  always: boolean
  spent: SpentLock | null
}

interface NotebookSchema extends DBSchema {
  notes: { key: string; value: Note }
  about: { key: 'cover'; value: Cover }
}

const NO_COVER: Cover = { shown: false, always: false, spent: null }

/** One connection for one piece of work: nothing here is in a hurry, and none can go stale. */
async function withNotebook<T>(work: (db: IDBPDatabase<NotebookSchema>) => Promise<T>): Promise<T> {
  const db = await openDB<NotebookSchema>(NOTEBOOK, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('notes')
      fresh.createObjectStore('about')
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

/** Notes of a folder, the last changed first. */
export async function listNotes(folder: Folder): Promise<Note[]> {
  const all = await withNotebook((db) => db.getAll('notes'))
  return all.filter((note) => note.folder === folder).sort((a, b) => b.at.localeCompare(a.at))
}

export async function saveNote(note: Note): Promise<void> {
  await withNotebook((db) => db.put('notes', note, note.id))
}

export async function removeNote(id: string): Promise<void> {
  await withNotebook((db) => db.delete('notes', id))
}

export async function readCover(): Promise<Cover> {
  return withNotebook(async (db) => (await db.get('about', 'cover')) ?? NO_COVER)
}

/** Change part of how the app shows itself. */
export async function writeCover(change: Partial<Cover>): Promise<void> {
  await withNotebook(async (db) => {
    const transaction = db.transaction('about', 'readwrite', { durability: 'strict' })
    const known = (await transaction.store.get('cover')) ?? NO_COVER
    await Promise.all([transaction.store.put({ ...known, ...change }, 'cover'), transaction.done])
  })
}

export async function deleteNotebook(): Promise<void> {
  await deleteDB(NOTEBOOK)
}
