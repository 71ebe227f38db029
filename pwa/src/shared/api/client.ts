/**
 * The one way to the server for the console: cookie session, anti-forgery header, entity tags, the reader's
 * language, problem details as `ProblemError`. Types come from the server's OpenAPI document.
 */
import createClient from 'openapi-fetch'
import { forgetTagsAbove, keepTag, tagOf } from './etags'
import type { components, paths } from './generated'
import { ProblemError, problemOf, UNREACHABLE } from './problem'

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

/** What the client needs to know of the session; the console's session store gives it. */
export interface Connection {
  csrfToken(): string
  language(): string
  /** Called on 401 while somebody was signed in; resolves to true once the same person is back. */
  signInAgain(): Promise<boolean>
  /** Called where a verb asks for a second factor proven just now; resolves to true once it was. */
  proveAgain(): Promise<boolean>
}

let connection: Connection = {
  csrfToken: () => '', language: () => 'zh-CN', signInAgain: () => Promise.resolve(false), proveAgain: () => Promise.resolve(false),
}

/** Tell the client whose session it serves. */
export function connect(to: Connection): void {
  connection = to
}

/** For verbs that ask for `If-Match`: the client puts in the tag of what was read last at that address. */
export const AS_READ = { 'If-Match': '' } as const

const SAFE = new Set(['GET', 'HEAD'])
const TAGGED = new Set(['PATCH', 'PUT', 'DELETE'])
const SIGN_IN = '/api/v1/session'
const STALE = 'factor-stale'

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? 'http://localhost', fetch: send })

interface Answered<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The body of a successful answer; a refusal is thrown. */
export async function unwrap<Data>(answer: Promise<Answered<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await answer
  if (!response.ok) throw problemOf(response.status, error)
  return data as NonNullable<Data>
}

async function send(request: Request): Promise<Response> {
  const again = request.clone()
  const answer = await exchange(request)
  const { pathname } = new URL(request.url)
  if (await asksForProof(answer)) return (await connection.proveAgain()) ? exchange(again) : answer
  if (answer.status !== 401 || pathname === SIGN_IN) return answer
  return (await connection.signInAgain()) ? exchange(again) : answer
}

async function asksForProof(answer: Response): Promise<boolean> {
  if (answer.status !== 403 || !(answer.headers.get('Content-Type') ?? '').includes('json')) return false
  return problemOf(answer.status, await answer.clone().json()).code === STALE
}

async function exchange(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const headers = new Headers(request.headers)
  headers.set('Accept-Language', connection.language())
  if (!SAFE.has(request.method)) headers.set('X-CSRF-Token', connection.csrfToken())
  const tag = TAGGED.has(request.method) ? tagOf(pathname) : undefined
  if (tag !== undefined) headers.set('If-Match', tag)
  const answer = await reach(new Request(request, { headers }))
  if (answer.ok && !SAFE.has(request.method)) forgetTagsAbove(pathname)
  if (answer.ok) keepTag(pathname, answer.headers.get('ETag'))
  return answer
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    if (error instanceof TypeError) throw new ProblemError(0, UNREACHABLE, UNREACHABLE)
    throw error
  }
}
