/** The container: written as the server writes it, read as the server reads it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../src/shared/crypto'
import { Archive } from '../../src/verifier/zip/archive'
import { crc32 } from '../../src/verifier/zip/crc32'
import { dataDescriptor, directory, localHeader, type Written } from '../../src/verifier/zip/frame'

interface Framing {
  cases: { files: [name: string, size: number][]; pieces: string[] }[]
  many: { many: number; sha256: string }
}
const framing = JSON.parse(readFileSync(new URL('framing.json', import.meta.url), 'utf8')) as Framing

/** The frame around files of zeros; `crcs` are theirs. */
function framed(files: [string, number][], crcs: number[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  const written: Written[] = []
  let offset = 0
  for (const [at, [name, size]] of files.entries()) {
    const crc = crcs[at]!
    const [head, tail] = [localHeader(name, size), dataDescriptor(crc, size, size)]
    pieces.push(head, tail)
    written.push({ name, size, crc, offset })
    offset += head.length + size + tail.length
  }
  return [...pieces, directory(written, offset)]
}

/** The checksum stands in the descriptor, behind its four-byte signature. */
function checksumIn(descriptor: string): number {
  return Buffer.from(descriptor, 'hex').readUInt32LE(4)
}

describe('the frame', () => {
  it.each(framing.cases)('is that of the writer, also beyond 32 bits: $files', ({ files, pieces }) => {
    const crcs = files.map((_, at) => checksumIn(pieces[2 * at + 1]!))
    expect(framed(files, crcs).map(toHex).join('')).toBe(pieces.join(''))
  })

  it('is that of the writer for more files than 16 bits count', () => {
    const files = Array.from({ length: framing.many.many }, (_, number): [string, number] => [`r/${number}`, 0])
    const whole = Buffer.concat(framed(files, files.map(() => 0)))
    expect(createHash('sha256').update(whole).digest('hex')).toBe(framing.many.sha256)
  }, 30_000)
})

it.each([['', 0], ['123456789', 0xcbf43926], ['The quick brown fox jumps over the lazy dog', 0x414fa339]])('CRC-32 of “%s”', (text, sum) => {
  expect(crc32(utf8(text))).toBe(sum)
  expect(crc32(utf8(text.slice(5)), crc32(utf8(text.slice(0, 5))))).toBe(sum)
})

describe('the reader', () => {
  const content = utf8('hello')
  const parts = [localHeader('r/a', 5), content, dataDescriptor(crc32(content), 5, 5)]
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const end = directory([{ name: 'r/a', size: 5, crc: crc32(content), offset: 0 }], length)

  it('gives a file and its hash', async () => {
    const archive = await Archive.open(new Blob([...parts, end]))
    archive.place('r')
    expect(await archive.read('a')).toEqual(content)
    expect(await archive.sha256(archive.files.get('a')!, () => undefined)).toBe(createHash('sha256').update(content).digest('hex'))
    await expect(archive.read('b')).rejects.toMatchObject({ code: 'pack-file-missing' })
  })

  it('finds everything where something stands before it', async () => {
    const archive = await Archive.open(new Blob(['#!/bin/sh\n', ...parts, end]))
    expect(archive.entries[0]!.offset).toBe(10)
    expect(await archive.checksum(archive.entries[0]!)).toBe(crc32(content))
  })

  it.each(['', 'PK', 'hello'])('knows that “%s” is no archive', async (text) => {
    await expect(Archive.open(new Blob([text]))).rejects.toMatchObject({ code: 'pack-not-a-pack' })
  })

  it('refuses a place outside the archive', async () => {
    const archive = await Archive.open(new Blob([...parts, end]))
    await expect(archive.checksum({ ...archive.entries[0]!, offset: -1 })).rejects.toMatchObject({ code: 'pack-zip-damaged' })
    await expect(archive.checksum({ ...archive.entries[0]!, size: 1e6 })).rejects.toMatchObject({ code: 'pack-zip-damaged' })
  })
})
