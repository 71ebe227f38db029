import { toHex, utf8, type Bytes } from './bytes'

/** SHA-256 as bytes. */
export async function sha256(data: Bytes | string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', typeof data === 'string' ? utf8(data) : data))
}

/** SHA-256 in lower-case hexadecimal, the form hashes take outside JOSE members. */
export async function sha256Hex(data: Bytes | string): Promise<string> {
  return toHex(await sha256(data))
}
