/** What the phone's store does with photos, beside the same browser's IndexedDB and cipher without it. */
import { newStoreKey, deriveInWorker, newDerivation } from '../../../pwa/src/shared/crypto'
import { commit, mediaChange, readMedia } from '../../../pwa/src/shared/store'

const PIECE = 2_000_000
const ROUNDS = 24

function photo() {
  const data = new Uint8Array(PIECE)
  for (let at = 0; at < PIECE; at += 65_536) crypto.getRandomValues(data.subarray(at, Math.min(PIECE, at + 65_536)))
  return data
}

/** Megabytes a second over `ROUNDS` photos, one after the other. */
async function speed(work) {
  const began = performance.now()
  for (let round = 0; round < ROUNDS; round += 1) await work(round)
  return (PIECE * ROUNDS) / 1000 / (performance.now() - began)
}

function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve
    transaction.onabort = () => reject(transaction.error)
  })
}

function opened(name) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('raw')
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}

async function raw(data, key) {
  const db = await opened('raw')
  const nonce = (round) => ({ name: 'AES-GCM', iv: Uint8Array.of(...new Uint8Array(11), round) })
  const sealed = async (round) => new Blob([await crypto.subtle.encrypt(nonce(round), key, data)])
  const put = (round, blob) => {
    const transaction = db.transaction('raw', 'readwrite', { durability: 'strict' })
    transaction.objectStore('raw').put(blob, round)
    return ended(transaction)
  }
  const get = (round) => new Promise((resolve, reject) => {
    const asked = db.transaction('raw').objectStore('raw').get(round)
    asked.onsuccess = () => asked.result.arrayBuffer().then(resolve, reject)
    asked.onerror = () => reject(asked.error)
  })
  const plain = new Blob([data])
  return {
    raw_write: await speed((round) => put(round, plain)),
    raw_read: await speed(get),
    raw_aes_write: await speed(async (round) => put(round, await sealed(round))),
    raw_aes_read: await speed(async (round) => crypto.subtle.decrypt(nonce(round), key, await get(round))),
  }
}

async function ours(data) {
  const { key } = await newStoreKey(await deriveInWorker('294718', newDerivation()), 'store')
  return {
    store_write: await speed(async (round) => commit([await mediaChange(key, 'originals', String(round), data)])),
    store_read: await speed((round) => readMedia(key, 'originals', String(round))),
  }
}

/** All speeds in MB/s, measured one after the other. */
window.measure = async () => {
  const data = photo()
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return { ...await raw(data, key), ...await ours(data) }
}
