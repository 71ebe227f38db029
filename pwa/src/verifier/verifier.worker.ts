/** Checks one pack beside the page, so that the page stays awake. */

import type { Answer, Request } from './messages'
import { verifyPack } from './verify'

const TELL_EVERY_MS = 100

function say(answer: Answer): void {
  postMessage(answer)
}

addEventListener('message', (event: MessageEvent<Request>) => {
  const { file, officeKey } = event.data
  let done = 0
  let told = 0
  const progress = (bytes: number): void => {
    done += bytes
    if (performance.now() - told < TELL_EVERY_MS) return
    told = performance.now()
    say({ kind: 'progress', done })
  }
  verifyPack(file, officeKey, progress).then(
    (outcome) => say({ kind: 'done', outcome }),
    (error: unknown) => say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  )
})
