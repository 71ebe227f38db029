import { beforeEach, describe, expect, it, vi } from 'vitest'
import './phone'
import { deleteDB, openDB } from 'idb'
import { changeSecret } from '../src/shared/capture/secrets'
import { prepareUnlocking, unlockVault } from '../src/shared/capture/vault'
import { close, databaseName, readPlain, writePlain } from '../src/shared/store'
import { enrolledPhone } from './phone'

beforeEach(async () => {
  vi.useRealTimers()
  await close()
  await deleteDB(databaseName)
})

describe('the vault', () => {
  it('opens with the PIN and gives keys that cannot be exported', async () => {
    await enrolledPhone('294718')
    const result = await unlockVault('294718')
    if (result.kind !== 'open') throw new Error(result.kind)
    for (const key of [result.vault.storeKey, result.vault.deviceKey, result.vault.wrapping]) {
      expect(key.extractable).toBe(false)
    }
  })

  it('refuses another PIN, pauses after five, and counts every try', async () => {
    await enrolledPhone('294718')
    for (let tries = 1; tries < 5; tries += 1) expect((await unlockVault('111222')).kind).toBe('wrong')
    expect(await unlockVault('111222')).toEqual({ kind: 'wrong', waitMs: 30_000 })
    expect((await unlockVault('294718')).kind).toBe('wait')
    expect((await readPlain('attempts'))?.failed).toBe(5)
    await writePlain('attempts', { failed: 5, notBefore: 0 })
    expect((await unlockVault('294718')).kind).toBe('open')
    expect((await readPlain('attempts'))?.failed).toBe(0)
  })

  it('opens with a PIN that another page chose while this one waited for it', async () => {
    await enrolledPhone('294718')
    const opened = await unlockVault('294718')
    if (opened.kind !== 'open') throw new Error(opened.kind)
    const before = await readPlain('vault')
    await changeSecret(opened.vault, '294718', '857206', 'pin')
    const after = await readPlain('vault')
    // This page read how the old one is derived before the other page had changed it.
    await writePlain('vault', before!)
    await prepareUnlocking()
    await writePlain('vault', after!)
    expect((await unlockVault('857206')).kind).toBe('open')
  })

  it('writes no key and no content in clear', async () => {
    const { device } = await enrolledPhone('294718')
    const db = await openDB(databaseName)
    const rows: unknown[] = []
    for (const name of db.objectStoreNames) rows.push(...(await db.getAll(name)))
    db.close()
    const bytes = rows.flatMap(everyByte)
    const text = new TextDecoder('latin1').decode(Uint8Array.from(bytes)) + JSON.stringify(rows)
    for (const planted of [device.device!, device.comparison, device.jwk.x, '294718', '"d":']) expect(text).not.toContain(planted)
    expect(rows.some((row) => row instanceof CryptoKey || Object.values(row as object).some((value) => value instanceof CryptoKey))).toBe(false)
  })
})

function everyByte(value: unknown): number[] {
  if (value instanceof ArrayBuffer) return [...new Uint8Array(value)]
  if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer)]
  return typeof value === 'object' && value ? Object.values(value).flatMap(everyByte) : []
}
