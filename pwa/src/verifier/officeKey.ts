/** Whom the reader trusts: an office key in PEM, or the thumbprint as it stands on a notice. */

import { fromBase64Url, publicFromPem, thumbprint } from '../shared/crypto'

/** Thumbprint of what was typed or of a file's text; null if it is neither a key nor a thumbprint. */
export async function readOfficeKey(text: string): Promise<string | null> {
  try {
    if (text.includes('-----BEGIN')) return await thumbprint(await publicFromPem(text))
    const typed = text.replace(/\s/g, '')
    return fromBase64Url(typed).length === 32 ? typed : null
  } catch (error) {
    if (error instanceof Error || error instanceof DOMException) return null
    throw error
  }
}
