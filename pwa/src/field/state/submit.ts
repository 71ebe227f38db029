/** Submitting from a sheet: busy, the fault if there is one, and where to go afterwards. */

import { ref } from 'vue'
import { NotEnrolled } from '../../shared/capture/errors'
import { faultText, t } from '../i18n'
import { reset } from './navigation'
import type { Visit } from './visit'

export function useSubmit(visit: Visit, title: string) {
  const busy = ref(false)
  const fault = ref('')

  async function submit(): Promise<void> {
    if (busy.value) return
    busy.value = true
    fault.value = ''
    try {
      await visit.submit(title)
      reset({ name: 'outbox' })
    } catch (error) {
      fault.value = error instanceof NotEnrolled
        ? t('visit.submit.enrol')
        : t('visit.submit.fault', { detail: faultText(error) })
    } finally {
      busy.value = false
    }
  }
  return { busy, fault, submit }
}
