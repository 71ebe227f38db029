/** Sending for as long as the app is unlocked. Of all open tabs one sends: it holds the leader lock. */

import { StorageFull } from '../store'
import { LEADER_LOCK, type Session } from './messages'
import { hear, tell } from './news'
import { Sender } from './sender'

/** Wait for the lead, then send. Ends with its worker, or where it runs in a page, after the round in which it is told to. */
export async function lead(session: Session, until?: AbortSignal): Promise<void> {
  await navigator.locks.request(LEADER_LOCK, until ? { signal: until } : {}, () => work(session, until))
}

/** Rounds for as long as the worker lives (or until told to end); news, the network's return or a timer start the next one. */
async function work(session: Session, until: AbortSignal | undefined): Promise<void> {
  const sender = new Sender(session)
  let wake: () => void = () => undefined
  let called = false
  const call = () => {
    called = true
    wake()
  }
  const stopHearing = hear((news) => {
    if (news.type !== 'wake') return
    sender.hurry()
    if (news.entry) void sender.retry(news.entry).then(call)
    else call()
  })
  addEventListener('online', call)
  // Wi-Fi came or went.
  const { connection } = navigator as { connection?: EventTarget }
  connection?.addEventListener('change', call)
  until?.addEventListener('abort', call)
  while (!until?.aborted) {
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
  stopHearing()
  removeEventListener('online', call)
  connection?.removeEventListener('change', call)
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
