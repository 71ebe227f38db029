/** Requests to the office, and the suspicion that whatever answers may not be the office. */

export type Failure =
  /** No answer at all. */
  | 'offline'
  /** An answer that is not what the protocol says: a portal's login page, a proxy, another server. */
  | 'not-the-office'
  /** The office, but not now (5xx but 511, 408, 423, 429). */
  | 'busy'
  /** The office says no (4xx). */
  | 'refused'

export class OfficeError extends Error {
  constructor(
    readonly failure: Failure,
    /** Stable code: the problem's own, or one of the phone's. */
    readonly code: string,
    readonly status = 0,
    readonly retryAfterMs = 0,
  ) {
    super(`${failure}: ${code}${status ? ` (${status})` : ''}`)
  }
}

const API = '/api/v1'
const TIMEOUT_MS = 60_000
/** RFC 6585 §6: a portal in between wants a login; the office never says so. */
const LOGIN_REQUIRED = 511

/**
 * Send a request. Throws `offline` for the absence of any answer and `not-the-office` for a redirection:
 * the office redirects nothing, portals do. `path` is absolute below the origin.
 */
export async function send(path: string, init: RequestInit, timeoutMs = TIMEOUT_MS): Promise<Response> {
  const request: RequestInit = {
    ...init, cache: 'no-store', credentials: 'omit', redirect: 'manual', referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(timeoutMs),
  }
  // A worker made from inlined code has a blob: address: a path alone would have no base.
  const response = await orOffline(fetch(new URL(path, self.location.origin), request))
  if (response.type === 'opaqueredirect') throw new OfficeError('not-the-office', 'not-the-office')
  return response
}

/** What the network did to a request, told apart from faults of our own. */
async function orOffline<T>(exchange: Promise<T>): Promise<T> {
  try {
    return await exchange
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) throw new OfficeError('offline', 'offline')
    throw error
  }
}

export interface JsonAnswer {
  status: number
  etag: string | null
  body: Record<string, unknown>
}

export interface JsonRequest {
  method?: 'GET' | 'POST'
  token?: string
  body?: object
  etag?: string | null
  /** Beside those that every request has. */
  headers?: Record<string, string>
  timeoutMs?: number
  /** What `path` stands below; the API by default. */
  base?: string
}

/**
 * Ask the office for JSON. Resolves for a 2xx with a JSON object, and for 304 (empty body).
 * Throws an OfficeError for everything else, also for a 200 that is not JSON.
 */
export async function askJson(
  path: string, { method = 'GET', token, body, etag, headers: more, timeoutMs, base = API }: JsonRequest = {},
): Promise<JsonAnswer> {
  const headers: Record<string, string> = { Accept: 'application/json', ...more }
  if (token) headers.Authorization = `Bearer ${token}`
  if (body) headers['Content-Type'] = 'application/json'
  if (etag) headers['If-None-Match'] = etag
  const response = await send(base + path, { method, headers, body: body ? JSON.stringify(body) : null }, timeoutMs)
  if (response.status === 304 && etag) return { status: 304, etag, body: {} }
  if (!response.ok) throw await problemOf(response)
  const json = await jsonOf(response)
  if (!json) throw new OfficeError('not-the-office', 'not-the-office', response.status)
  return { status: response.status, etag: response.headers.get('ETag'), body: json }
}

/** The error that an answer outside 2xx stands for. */
export async function problemOf(response: Response): Promise<OfficeError> {
  const type = response.headers.get('Content-Type') ?? ''
  const problem = type.startsWith('application/problem+json') ? await jsonOf(response) : null
  const code = typeof problem?.code === 'string' ? problem.code : `http-${response.status}`
  const wait = retryAfter(response.headers)
  if ((response.status >= 500 && response.status !== LOGIN_REQUIRED) || [408, 423, 429].includes(response.status)) {
    return new OfficeError('busy', code, response.status, wait)
  }
  return new OfficeError(problem ? 'refused' : 'not-the-office', code, response.status, wait)
}

async function jsonOf(response: Response): Promise<Record<string, unknown> | null> {
  if (!/^application\/(problem\+)?json\b/.test(response.headers.get('Content-Type') ?? '')) return null
  // An answer that is cut off in the middle is no answer.
  const text = await orOffline(response.text())
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    // Not JSON in spite of its type: the caller treats null as "not the office".
    return null
  }
}

const LONGEST_RETRY_MS = 3_600_000

/** Retry-After in both its forms (RFC 9110 §10.2.3), in ms; a date is held against the office's clock, not the phone's. */
function retryAfter(headers: Headers): number {
  const value = headers.get('Retry-After')
  if (!value) return 0
  const sentAt = Date.parse(headers.get('Date') ?? '')
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - (Number.isNaN(sentAt) ? Date.now() : sentAt)
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(0, wait), LONGEST_RETRY_MS)
}
