/** The device API of an office in a few lines, with faults to switch on: what the sync code is tested against. */
import { parseJws, sha256Hex, signJws, toBase64, type Bytes } from '../src/shared/crypto'
import { office } from './phone'

export interface FakeOffice {
  requests: string[]
  /** What the phone said of itself with each call for the bundle: version and items that wait. */
  says: (string | null)[][]
  /** Called before each request; a response it returns is the answer. */
  fault: (method: string, path: string) => Response | null | 'cut'
  receipt: (claims: Record<string, unknown>) => Record<string, unknown>
  held: Set<string>
  statements: Statement[]
  /** Signs receipts; another than the pinned one after a rotation. */
  signer: { key: CryptoKey; kid: string }
  introductions: string[]
}

export interface Statement {
  statement: string
  certificate: string
  link: string
}

export async function fakeOffice(): Promise<FakeOffice> {
  const { key, kid } = await office()
  const uploads = new Map<string, { sha256: string; length: number; bytes: Bytes }>()
  const records = new Map<string, { sha256: string; media: string[] }>()
  const state: FakeOffice = { requests: [], says: [], fault: () => null, receipt: (claims) => claims, held: new Set(), statements: [], signer: { key, kid }, introductions: [] }

  async function answer(record: string): Promise<{ receipt: string; missing: string[]; state: string }> {
    const { sha256, media } = records.get(record)!
    const missing = media.filter((hash) => !state.held.has(hash))
    const claims = state.receipt({ record, record_sha256: sha256, complete: !missing.length, media: media.filter((hash) => state.held.has(hash)) })
    return { receipt: await signJws(state.signer.key, { typ: 'receipt+jwt', kid: state.signer.kid }, claims), missing, state: missing.length ? 'received' : 'complete' }
  }

  async function respond(method: string, path: string, headers: Headers, body: unknown): Promise<Response> {
    if (path.endsWith('/challenge')) return json(200, { nonce: 'n' })
    if (path.endsWith('/token')) return json(200, { access_token: 't', expires_in: 600, ticket: 'a.b.c' })
    if (path === '/.well-known/anfang-keys.json') return json(200, { office_keys: [], introductions: state.introductions })
    if (path === '/api/v1/field/bundle') {
      state.says.push([headers.get('Anfang-App'), headers.get('Anfang-Outbox')])
      return json(200, { campaigns: [], assignments: [], checklists: [], sites: [], units: [] })
    }
    const witnessed = /^\/api\/v1\/records\/([^/]+)\/witness$/.exec(path)
    if (witnessed) {
      state.statements.push(JSON.parse(body as string) as Statement)
      return json(201, { record: witnessed[1]! })
    }
    if (path === '/api/v1/records') {
      const jws = (JSON.parse(body as string) as { record: string }).record.split('~')[0]!
      const { id, media } = parseJws(jws).payload as { id: string; media: string[] }
      records.set(id, { sha256: await sha256Hex(jws), media })
      return json(201, await answer(id))
    }
    if (path.startsWith('/api/v1/records/')) return json(200, await answer(path.split('/').pop()!))
    if (path === '/api/v1/uploads') {
      const metadata = Object.fromEntries(headers.get('Upload-Metadata')!.split(',').map((pair) => pair.split(' '))) as { sha256: string }
      const location = `/api/v1/uploads/${crypto.randomUUID()}`
      uploads.set(location, { sha256: atob(metadata.sha256), length: Number(headers.get('Upload-Length')), bytes: new Uint8Array() })
      return new Response(null, { status: 201, headers: { Location: location, 'Upload-Offset': '0' } })
    }
    const upload = uploads.get(path)
    if (!upload) return new Response(null, { status: 404, headers: { 'Tus-Resumable': '1.0.0' } })
    if (method === 'PATCH') {
      const chunk: Bytes = new Uint8Array(await (body as Blob).arrayBuffer())
      if (Number(headers.get('Upload-Offset')) !== upload.bytes.length) return json(409, { code: 'upload-offset-mismatch' }, 'problem+')
      const { createHash } = await import('node:crypto')
      const digest = toBase64(new Uint8Array(createHash('sha256').update(chunk).digest()))
      if (headers.get('Upload-Checksum') !== `sha256 ${digest}`) return new Response(null, { status: 460, headers: { 'Tus-Resumable': '1.0.0' } })
      upload.bytes = Uint8Array.from([...upload.bytes, ...chunk])
      if (upload.bytes.length === upload.length) {
        if ((await sha256Hex(upload.bytes)) !== upload.sha256) {
          uploads.delete(path)
          return new Response(null, { status: 460, headers: { 'Tus-Resumable': '1.0.0' } })
        }
        state.held.add(upload.sha256)
      }
    }
    return new Response(null, { status: method === 'PATCH' ? 204 : 200, headers: { 'Upload-Offset': String(upload.bytes.length) } })
  }

  globalThis.fetch = async (input, init) => {
    const [method, path] = [init?.method ?? 'GET', new URL(input as URL).pathname]
    state.requests.push(`${method} ${path}`)
    const fault = state.fault(method, path)
    if (fault === 'cut') throw new TypeError('network')
    return fault ?? respond(method, path, new Headers(init?.headers), init?.body)
  }
  return state
}

export function json(status: number, body: object, kind = ''): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': `application/${kind}json` } })
}
