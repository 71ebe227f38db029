/** Ed25519 for the log's notes: not every browser that we serve has it in WebCrypto. */

import { verifyAsync } from '@noble/ed25519'
import type { Bytes } from './bytes'

/** Whether the signature is this 32-byte key's over the data, strictly as RFC 8032 has it. */
export async function verifyEd25519(key: Bytes, data: Bytes, signature: Bytes): Promise<boolean> {
  // The library throws at a key that is no point of the curve; nothing can be signed by such a key.
  return verifyAsync(signature, data, key, { zip215: false }).catch(() => false)
}
