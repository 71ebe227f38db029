/**
 * The only code that talks to the network. It runs while the app is open and unlocked; locking ends
 * the worker and with it the keys. Of all open tabs one sends: it holds the leader lock.
 */

import { enrol } from './enrol'
import { OfficeError } from './http'
import { lead } from './lead'
import type { FromWorker, ToWorker } from './messages'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'enrol') {
    void enrol(data.request).then(
      (answer) => reply({ type: 'enrolled', answer }),
      (error: unknown) => reply({ type: 'enrol-failed', code: error instanceof OfficeError ? error.code : 'phone-fault' }),
    )
  } else {
    void lead(data.session)
  }
}

function reply(message: FromWorker): void {
  scope.postMessage(message)
}
