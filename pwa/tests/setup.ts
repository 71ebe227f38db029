/** What a page has and Node has not: IndexedDB, Web Locks, a user agent. */
import 'fake-indexeddb/auto'

type Work = (lock: object | null) => unknown
const tails = new Map<string, Promise<unknown>>()

const locks = {
  request(name: string, work: Work) {
    const run = (tails.get(name) ?? Promise.resolve()).then(() => work({ name }))
    tails.set(name, run.catch(() => undefined))
    return run
  },
}
Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'test', locks }, configurable: true })
Object.defineProperty(globalThis, '__APP_VERSION__', { value: '0.0.0' })
Object.defineProperty(globalThis, 'self', { value: Object.assign(globalThis, { location: { origin: 'https://office.example' } }) })
