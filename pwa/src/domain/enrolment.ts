/**
 * The enrolment link that the office prints as text and as a QR code.
 *
 * `https://<origin>/field#e=<token>&k=<thumbprint>`
 *   e  the single-use enrolment token, as the server made it (base64url or other unreserved characters)
 *   k  RFC 7638 thumbprint (base64url, 43 characters) of the office key that the phone pins
 *
 * Both stand in the fragment: a browser never sends it to a server or a proxy.
 */

export interface EnrolmentLink {
  /** Scheme, host and port of the office that made the link. */
  origin: string
  token: string
  officeKey: string
}

export type LinkFault = 'not-a-link' | 'other-office' | 'incomplete'

/** Read a scanned, pasted or opened link; `here` is the origin that serves this app. */
export function readEnrolmentLink(text: string, here: string): EnrolmentLink | LinkFault {
  const url = parseUrl(text.trim())
  if (!url) return 'not-a-link'
  const parts = new URLSearchParams(url.hash.replace(/^#/, ''))
  const token = parts.get('e')
  const officeKey = parts.get('k')
  if (!token && !officeKey) return 'not-a-link'
  if (!token || !officeKey || !/^[A-Za-z0-9_-]{43}$/.test(officeKey)) return 'incomplete'
  if (url.origin !== here) return 'other-office'
  return { origin: url.origin, token, officeKey }
}

/** The link as text again, to be carried to another window. */
export function linkText(link: EnrolmentLink): string {
  return `${link.origin}/field#${new URLSearchParams({ e: link.token, k: link.officeKey }).toString()}`
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    // The constructor's only way to say "not a URL" is to throw.
    return null
  }
}
