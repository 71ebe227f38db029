/** The page's side of the sync worker. */

import { isUnclonable } from '../crypto'
import { OfficeError } from './http'
import type { EnrolAnswer, EnrolRequest, FromWorker, Session, ToWorker } from './messages'
import { tell } from './news'

let worker: Promise<Worker> | null = null
/** Ends sending that runs in the page, see [Note: Keys that stay]. */
let ending: AbortController | null = null

/**
 * [Note: Workers offline] Workers are made from inlined code (`?worker&inline`), fetched as a chunk
 * when first needed: a worker's own script address would lie outside the service worker's scope
 * `/field`, so it could not start without a network.
 */
function running(): Promise<Worker> {
  worker ??= import('./sync.worker?worker&inline').then(({ default: SyncWorker }) => new SyncWorker({ name: 'notes' }))
  return worker
}

/** Begin sending with the keys of an unlocked vault. */
export async function startSync(session: Session): Promise<void> {
  const wanted = running()
  const target = await wanted
  // Locked again while the code was being fetched: the keys go nowhere.
  if (worker !== wanted) return
  try {
    target.postMessage({ type: 'start', session } satisfies ToWorker)
  } catch (error) {
    if (!isUnclonable(error)) throw error
    await sendHere(session)
  }
}

async function sendHere(session: Session): Promise<void> {
  const { signal } = (ending = new AbortController())
  const { lead } = await import('./lead')
  if (!signal.aborted) lead(session, signal).catch((error: unknown) => { if (!signal.aborted) throw error })
}

/** End the worker: requests in flight are cut, keys leave memory with it. */
export async function stopSync(): Promise<void> {
  const running = worker
  worker = null
  ending?.abort()
  if (running) (await running).terminate()
}

/** Ask the leading tab to look again now; with `entry`, to lift that entry out of its waiting. */
export function wakeSync(entry: string | null = null): void {
  tell({ type: 'wake', entry })
}

/** Redeem an enrolment token in the worker; rejects with an OfficeError that carries the code. */
export async function enrolThroughWorker(request: EnrolRequest): Promise<EnrolAnswer> {
  const target = await running()
  return new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent<FromWorker>) => {
      target.removeEventListener('message', listen)
      if (data.type === 'enrolled') resolve(data.answer)
      else reject(new OfficeError('refused', data.code))
    }
    target.addEventListener('message', listen)
    target.postMessage({ type: 'enrol', request } satisfies ToWorker)
  })
}
