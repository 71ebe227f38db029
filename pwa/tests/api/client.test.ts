import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, AS_READ, connect, unwrap } from '../../src/shared/api/client'
import { forgetTags } from '../../src/shared/api/etags'
import { fieldOf, ProblemError, problemOf } from '../../src/shared/api/problem'

const UNIT = { params: { path: { unit_id: '1b0c5c38-6a3a-4f0e-9a39-0d5d9c1d1a11' } } }
const CHANGE = { params: { path: UNIT.params.path, header: AS_READ }, body: { name: '乙' } }
const sent: Request[] = []
let answers: Response[] = []

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers } })
}

beforeEach(() => {
  sent.length = 0
  forgetTags()
  connect({ csrfToken: () => 'token', language: () => 'en', signInAgain: () => Promise.resolve(false), proveAgain: () => Promise.resolve(false) })
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request)
    return Promise.resolve(answers.shift()!)
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('the client', () => {
  it('changes with the tag of what was read, and with the newer one after that', async () => {
    answers = [json(200, {}, { ETag: '"a"' }), json(200, {}, { ETag: '"b"' }), json(200, {}, { ETag: '"c"' })]
    await unwrap(api.GET('/api/v1/units/{unit_id}', UNIT))
    await unwrap(api.PATCH('/api/v1/units/{unit_id}', CHANGE))
    await unwrap(api.PATCH('/api/v1/units/{unit_id}', CHANGE))
    expect(sent.map((one) => one.headers.get('If-Match'))).toEqual([null, '"a"', '"b"'])
  })

  it('forgets a tag when a verb moves the object on', async () => {
    const version = { params: { path: { version_id: UNIT.params.path.unit_id } } }
    answers = [json(200, {}, { ETag: '"a"' }), json(200, {}), json(412, { code: 'http-412', title: 'Changed' })]
    await unwrap(api.GET('/api/v1/checklist-versions/{version_id}', version))
    await unwrap(api.POST('/api/v1/checklist-versions/{version_id}/publish', version))
    const change = api.PUT('/api/v1/checklist-versions/{version_id}', { params: { path: version.params.path, header: AS_READ }, body: { title: 't', items: [] } })
    await expect(unwrap(change)).rejects.toMatchObject({ stale: true })
    expect(sent[2]!.headers.get('If-Match')).not.toBe('"a"')
  })

  it('sends the anti-forgery header with what changes something, and the language always', async () => {
    answers = [json(200, {}), json(200, {})]
    await unwrap(api.GET('/api/v1/units/{unit_id}', UNIT))
    await unwrap(api.PATCH('/api/v1/units/{unit_id}', CHANGE))
    expect(sent.map((one) => one.headers.get('X-CSRF-Token'))).toEqual([null, 'token'])
    expect(sent.map((one) => one.headers.get('Accept-Language'))).toEqual(['en', 'en'])
  })

  it('waits for the sign-in and sends the same body again', async () => {
    connect({ csrfToken: () => 'fresh', language: () => 'en', signInAgain: () => Promise.resolve(true), proveAgain: () => Promise.resolve(false) })
    answers = [json(401, { code: 'not-signed-in', title: '' }), json(201, { id: 'x' })]
    const body = { name: '甲', code: 'jia', category: 'vertical' as const, parent_id: null }
    expect(await unwrap(api.POST('/api/v1/units', { body }))).toEqual({ id: 'x' })
    expect(await sent[1]!.json()).toEqual(body)
    expect(sent[1]!.headers.get('X-CSRF-Token')).toBe('fresh')
  })

  it('waits for the second factor and sends the same body again', async () => {
    connect({ csrfToken: () => 'token', language: () => 'en', signInAgain: () => Promise.resolve(false), proveAgain: () => Promise.resolve(true) })
    answers = [json(403, { code: 'factor-stale', title: '' }), json(200, {})]
    await unwrap(api.PATCH('/api/v1/units/{unit_id}', CHANGE))
    expect(await sent[1]!.json()).toEqual(CHANGE.body)
  })

  it('gives the refusal when nobody signs in again', async () => {
    answers = [json(401, { code: 'not-signed-in', title: 'Sign in' })]
    await expect(unwrap(api.GET('/api/v1/units/{unit_id}', UNIT))).rejects.toMatchObject({ status: 401, code: 'not-signed-in' })
  })

  it('tells a broken connection from a refusal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
    await expect(unwrap(api.GET('/api/v1/units/{unit_id}', UNIT))).rejects.toMatchObject({ status: 0, code: 'unreachable' })
  })
})

describe('a refusal', () => {
  it('keeps code, title and the text of each field', () => {
    const problem = problemOf(422, { code: 'invalid-input', title: '输入有误', errors: [{ pointer: '/json/items/0/text', detail: '太长' }, { pointer: '/name', detail: '缺少' }] })
    expect(problem).toBeInstanceOf(ProblemError)
    expect([problem.status, problem.code, problem.message]).toEqual([422, 'invalid-input', '输入有误'])
    expect(problem.pointers).toEqual({ 'items/0/text': '太长', name: '缺少' })
  })

  it('from something else on the way is not taken for one of ours', () => {
    for (const body of [undefined, '<html>', [], { message: 'Bad gateway' }]) expect(problemOf(502, body).code).toBe('unreadable-answer')
  })

  it('about a field that is called like a part of the request is still found', () => {
    expect([fieldOf('/json'), fieldOf('/query/limit'), fieldOf('/json/json')]).toEqual(['json', 'limit', 'json'])
  })
})
