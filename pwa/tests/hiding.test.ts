import { beforeEach, describe, expect, it } from 'vitest'
import './phone'
import { deleteDB, openDB } from 'idb'
import { sealDraft } from '../src/shared/capture/seal'
import { StaleVault } from '../src/shared/capture/errors'
import { changeSecret, forgetEverything, opensSpent, readSettings, setDuress } from '../src/shared/capture/secrets'
import { openVault, unlockVault } from '../src/shared/capture/vault'
import {
  close, countSealed, databaseName, deleteNotebook, listKeys, listNotes, PLACES, readCover, readDoc, readMedia, readPlain, saveNote, type DeviceDoc,
} from '../src/shared/store'
import { draft, enrolledPhone, photo } from './phone'

beforeEach(async () => {
  await close()
  await Promise.all([deleteDB(databaseName), deleteNotebook()])
})

async function unlocked(secret: string) {
  const result = await unlockVault(secret)
  if (result.kind !== 'open') throw new Error(result.kind)
  return result.vault
}

describe('changing the PIN', () => {
  it('wraps every key anew: content, photos and record keys open with the new one only', async () => {
    const { vault, device } = await enrolledPhone('294718')
    const shot = await photo(vault, 'picture')
    const entry = await sealDraft(vault, draft({ media: [shot] }), 'a')
    expect(await changeSecret(vault, '294718', 'four quiet green boats', 'passphrase')).toEqual({ kind: 'done' })

    expect((await unlockVault('294718')).kind).toBe('wrong')
    const next = await unlocked('four quiet green boats')
    expect(next.protection).toBe('passphrase')
    expect((await readDoc<DeviceDoc>(next.storeKey, PLACES.device))?.comparison).toBe(device.comparison)
    expect(await readMedia(next.storeKey, 'originals', shot.id)).toEqual(new TextEncoder().encode('picture'))
    // The record's own key still signs its next version.
    const again = await sealDraft(next, { ...entry.draft, supersedes: entry.recordSha256 }, 'a')
    expect(again.seq).toBe(1)
  })

  it('needs the present one, and refuses to sign with a vault that was opened before', async () => {
    const { vault } = await enrolledPhone('294718')
    expect((await changeSecret(vault, '111222', '583920', 'pin')).kind).toBe('wrong')
    await changeSecret(vault, '294718', '583920', 'pin')
    await expect(sealDraft(vault, draft(), 'a')).rejects.toBeInstanceOf(StaleVault)
  })
})

describe('the second PIN', () => {
  it('destroys keys and content and opens an empty notebook; harmless notes stay', async () => {
    const { vault } = await enrolledPhone('294718')
    await sealDraft(vault, draft({ media: [await photo(vault, 'picture')] }), 'a')
    await saveNote({ id: 'n', folder: 'front', text: '买菜', at: '2026-11-21T08:00:00.000Z' })
    expect(await setDuress(vault, '294718', '294718')).toEqual({ kind: 'taken' })
    expect(await setDuress(vault, '294718', '583920')).toEqual({ kind: 'done' })
    expect((await readSettings(vault.storeKey)).duress).toBe(true)
    expect((await changeSecret(vault, '294718', '583920', 'pin')).kind).toBe('taken')

    expect(await unlockVault('583920')).toEqual({ kind: 'spent' })
    expect(await readPlain('vault')).toBeUndefined()
    expect(await listKeys()).toEqual([])
    expect(await countSealed()).toEqual({ drafts: 0, entries: 0, witnesses: 0, originals: 0 })
    expect([(await listNotes('front')).length, (await listNotes('back')).length]).toEqual([1, 0])
    expect([await opensSpent('583920'), await opensSpent('294718')]).toEqual([true, false])
  })

  it('leaves no sign of whether one was chosen, and is not asked where only the first counts', async () => {
    const { vault } = await enrolledPhone('294718')
    const lockOf = async () => (await listKeys()).find((one) => one.place === PLACES.spare)!.wrapped.wrapped.byteLength
    const before = await lockOf()
    await setDuress(vault, '294718', '583920')
    expect(await lockOf()).toBe(before)
    expect((await openVault('583920')).kind).toBe('wrong')
    expect((await unlocked('294718')).protection).toBe('pin')
  })

  it('is gone with a change of kind', async () => {
    const { vault } = await enrolledPhone('294718')
    await setDuress(vault, '294718', '583920')
    await changeSecret(vault, '294718', 'four quiet green boats', 'passphrase')
    expect((await unlockVault('583920')).kind).toBe('wrong')
    expect((await readSettings((await unlocked('four quiet green boats')).storeKey)).duress).toBe(false)
  })
})

describe('leaving the phone', () => {
  it('deletes every database', async () => {
    await enrolledPhone('294718')
    await saveNote({ id: 'n', folder: 'front', text: '买菜', at: '2026-11-21T08:00:00.000Z' })
    await forgetEverything()
    const names = (await indexedDB.databases()).map((one) => one.name)
    expect(names).toEqual([])
    expect(await readCover()).toEqual({ shown: false, always: false, spent: null })
    const db = await openDB(databaseName)
    expect(db.objectStoreNames).toHaveLength(0)
    db.close()
  })
})
