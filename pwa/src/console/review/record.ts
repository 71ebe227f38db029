/** One record under review: read (or taken from what was read ahead), claimed while it is open, given back after. */
import { ref, shallowRef } from 'vue'
import { api, unwrap, type Schema } from '../../shared/api/client'
import { ProblemError } from '../../shared/api/problem'
import type { RecordView } from './content'

type Claim = Schema<'ReviewClaim'>

/** How often an open record prolongs its claim; the server lets go of one after 15 minutes. */
const PROLONG_MS = 5 * 60_000

function at(id: string) {
  return { params: { path: { record_id: id } } }
}

export function useRecord(mayReview: boolean) {
  const view = shallowRef<RecordView | null>(null)
  const claim = shallowRef<Claim | null>(null)
  const claimProblem = shallowRef<ProblemError | null>(null)
  const problem = shallowRef<ProblemError | null>(null)
  const loading = ref(false)
  const ahead = new Map<string, Promise<RecordView>>()
  let opened = ''
  let timer: ReturnType<typeof setInterval> | undefined

  async function open(id: string): Promise<void> {
    await leave()
    opened = id
    loading.value = true
    problem.value = null
    claimProblem.value = null
    try {
      const read = await (ahead.get(id) ?? fetchView(id))
      ahead.delete(id)
      if (opened !== id) return
      view.value = read
      loading.value = false
      await take(read)
    } catch (error) {
      ahead.delete(id)
      if (!(error instanceof ProblemError)) throw error
      if (opened === id) problem.value = error
    } finally {
      if (opened === id) loading.value = false
    }
  }

  /** Claim what waits for a decision; what was read ahead may be older than the claim. */
  async function take(read: RecordView): Promise<void> {
    if (!mayReview || read.state !== 'complete' || !read.newest) return
    try {
      const taken = await unwrap(api.POST('/api/v1/review/records/{record_id}/claim', at(read.id)))
      if (opened !== read.id) {
        await giveBack(read.id)
        return
      }
      claim.value = taken
      clearInterval(timer)
      timer = setInterval(() => void prolong(read.id), PROLONG_MS)
      if (taken.record_sha256 !== read.record_sha256) await reload()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      claimProblem.value = error
      await reload()
    }
  }

  async function prolong(id: string): Promise<void> {
    if (opened !== id || claim.value === null) return
    try {
      claim.value = await unwrap(api.POST('/api/v1/review/records/{record_id}/claim', at(id)))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      claimProblem.value = error
    }
  }

  async function reload(): Promise<void> {
    const id = opened
    const read = await fetchView(id)
    if (opened === id) view.value = read
  }

  /** Look again for what the office does by itself; while it cannot be reached, what is seen stays. */
  async function lookAgain(): Promise<void> {
    try {
      await reload()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      console.warn('look again', error.code)
    }
  }

  /** Show an older version, or the newest again (null); only the newest can be decided about. */
  async function showVersion(record_sha256: string | null): Promise<void> {
    const id = opened
    const read = record_sha256 === null
      ? await fetchView(id)
      : await unwrap(api.GET('/api/v1/review/records/{record_id}/versions/{record_sha256}', { params: { path: { record_id: id, record_sha256 } } }))
    if (opened === id) view.value = read
  }

  /** After a verb: the server's answer is the record as it stands now. */
  function decided(read: RecordView): void {
    view.value = read
    claim.value = null
    clearInterval(timer)
  }

  /** The page is hidden for a while but the record stays in hand (a picture is being redacted). */
  function pause(): void {
    clearInterval(timer)
  }

  /** Back at the record: its pictures may have been decided about meanwhile. */
  async function resume(): Promise<void> {
    const id = opened
    if (id === '' || view.value === null) return
    await reload()
    if (opened === id && view.value !== null) await take(view.value)
  }

  async function leave(): Promise<void> {
    clearInterval(timer)
    const id = opened
    const held = claim.value !== null
    opened = ''
    claim.value = null
    view.value = null
    if (held) await giveBack(id)
  }

  /** Read the next record and its first picture before it is asked for. */
  function prefetch(id: string): void {
    if (ahead.has(id) || id === opened) return
    const reading = fetchView(id)
    ahead.set(id, reading)
    reading.then((read) => {
      const first = read.media.find((medium) => medium.preview_url)
      if (first?.preview_url) new Image().src = first.preview_url
    }, () => ahead.delete(id))
  }

  return { view, claim, claimProblem, problem, loading, open, reload, lookAgain, showVersion, decided, pause, resume, leave, prefetch }
}

function fetchView(id: string): Promise<RecordView> {
  return unwrap(api.GET('/api/v1/review/records/{record_id}', at(id)))
}

/** A claim that cannot be given back ends by itself after a quarter of an hour. */
async function giveBack(id: string): Promise<void> {
  try {
    await unwrap(api.POST('/api/v1/review/records/{record_id}/release', at(id)))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    console.warn('release', error.code)
  }
}
