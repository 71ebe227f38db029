/**
 * The only code that talks to the network. It runs while the app is open and unlocked; locking ends
 * the worker and with it the keys. Of all open tabs one sends: it holds the leader lock.
 */

import { enrol } from './enrol'
import { OfficeError } from './http'
import { StorageFull } from '../store'
import { LEADER_LOCK, type FromWorker, type Session, type ToWorker } from './messages'
import { hear, tell } from './news'
import { Sender } from './sender'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'enrol') {
    void enrol(data.request).then(
      (answer) => reply({ type: 'enrolled', answer }),
      (error: unknown) => reply({ type: 'enrol-failed', code: error instanceof OfficeError ? error.code : 'phone-fault' }),
    )
  } else {
    void navigator.locks.request(LEADER_LOCK, () => lead(data.session))
  }
}

function reply(message: FromWorker): void {
  scope.postMessage(message)
}

/** Rounds for as long as the worker lives; news, the network's return or a timer start the next one. */
async function lead(session: Session): Promise<never> {
  const sender = new Sender(session)
  let wake: () => void = () => undefined
  let called = false
  const call = () => {
    called = true
    wake()
  }
  hear((news) => {
    if (news.type !== 'wake') return
    sender.hurry()
    if (news.entry) void sender.retry(news.entry).then(call)
    else call()
  })
  scope.addEventListener('online', call)
  // Wi-Fi came or went.
  const { connection } = scope.navigator as { connection?: EventTarget }
  connection?.addEventListener('change', call)
  for (;;) {
    called = false
    const pause = await guarded(sender)
    if (!called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}

/** A fault of our own must not end the rounds: it is shown, and the next round tries again. */
async function guarded(sender: Sender): Promise<number> {
  try {
    return await sender.round()
  } catch (error) {
    console.error(error)
    tell({ type: 'connection', state: 'refused', code: error instanceof StorageFull ? 'storage-full' : 'phone-fault', until: 0 })
    return 30_000
  }
}
