/** One check at a time, in a worker of its own. */

import { shallowRef } from 'vue'
import type { Answer, Request } from '../messages'
import VerifierWorker from '../verifier.worker?worker&inline'
import type { Outcome } from '../verify'

export type Check =
  | { state: 'idle' }
  | { state: 'running'; name: string; done: number; total: number }
  | { state: 'done'; name: string; outcome: Outcome }
  | { state: 'failed'; reason: string }

export const check = shallowRef<Check>({ state: 'idle' })
let worker: Worker | null = null

/** Check a pack; a check that still runs is given up. */
export function start(request: Request): void {
  stop()
  const { name, size: total } = request.file
  check.value = { state: 'running', name, done: 0, total }
  worker = new VerifierWorker()
  worker.onmessage = ({ data: answer }: MessageEvent<Answer>) => {
    if (answer.kind === 'progress') check.value = { state: 'running', name, done: Math.min(answer.done, total), total }
    else finish(answer.kind === 'done' ? { state: 'done', name, outcome: answer.outcome } : { state: 'failed', reason: answer.reason })
  }
  worker.onerror = ({ message }) => finish({ state: 'failed', reason: message })
  worker.postMessage(request)
}

/** Give up a check that runs, and forget the last one. */
export function stop(): void {
  finish({ state: 'idle' })
}

function finish(next: Check): void {
  worker?.terminate()
  worker = null
  check.value = next
}
