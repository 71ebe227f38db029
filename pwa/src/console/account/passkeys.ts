/** The browser's passkeys (WebAuthn Level 3), in and out as JSON. */

/** Whether this browser reads and writes passkeys as JSON. */
export function knowsPasskeys(): boolean {
  const credential = globalThis.PublicKeyCredential as Partial<typeof PublicKeyCredential> | undefined
  return typeof credential?.parseCreationOptionsFromJSON === 'function' && typeof credential.parseRequestOptionsFromJSON === 'function'
}

/** Whether passkeys of `host` work on this page: on the host itself and on hosts beneath it. */
export function worksHere(host: string | null, here = globalThis.location.hostname): boolean {
  return host !== null && (here === host || here.endsWith(`.${host}`))
}

/** Where this page stands at `host`: the same port and path. */
export function pageAt(host: string, at: Location = globalThis.location): string {
  const url = new URL(at.href)
  url.hostname = host
  return url.href
}

/** Make a passkey; null where the person, or the browser, gave up. */
export async function makePasskey(options: Record<string, unknown>): Promise<Record<string, unknown> | null> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON)
  return asJson(() => navigator.credentials.create({ publicKey }))
}

/** Have a passkey sign a challenge; null where the person, or the browser, gave up. */
export async function usePasskey(options: Record<string, unknown>): Promise<Record<string, unknown> | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON)
  return asJson(() => navigator.credentials.get({ publicKey }))
}

async function asJson(ask: () => Promise<Credential | null>): Promise<Record<string, unknown> | null> {
  try {
    const made = await ask()
    return made === null ? null : ((made as PublicKeyCredential).toJSON() as Record<string, unknown>)
  } catch (error) {
    // NotAllowedError: cancelled or too slow; InvalidStateError: this device holds one already.
    if (error instanceof DOMException) return null
    throw error
  }
}
