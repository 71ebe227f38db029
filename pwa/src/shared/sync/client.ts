/** The page's side of the sync worker. */

import { OfficeError } from './http'
import type { EnrolAnswer, EnrolRequest, FromWorker, Session, ToWorker } from './messages'
import { tell } from './news'

let worker: Worker | null = null

function running(): Worker {
  worker ??= new Worker(new URL('./sync.worker.ts', import.meta.url), { type: 'module', name: 'notes' })
  return worker
}

function post(message: ToWorker): void {
  running().postMessage(message)
}

/** Begin sending with the keys of an unlocked vault. */
export function startSync(session: Session): void {
  post({ type: 'start', session })
}

/** End the worker: requests in flight are cut, keys leave memory with it. */
export function stopSync(): void {
  worker?.terminate()
  worker = null
}

/** Ask the leading tab to look again now; with `entry`, to lift that entry out of its waiting. */
export function wakeSync(entry: string | null = null): void {
  tell({ type: 'wake', entry })
}

/** Redeem an enrolment token in the worker; rejects with an OfficeError that carries the code. */
export function enrolThroughWorker(request: EnrolRequest): Promise<EnrolAnswer> {
  const target = running()
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
