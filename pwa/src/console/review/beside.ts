/** What the unit itself signed of the things that a record judges, item by item. */
import { shallowRef, watch, type Ref } from 'vue'
import { api, unwrap } from '../../shared/api/client'
import { claimed } from '../claims/claims'
import { useAction } from '../kit/action'
import { moment } from '../kit/format'

export interface Beside {
  unit: string
  at: string
  said: Map<string, string>
}

/** Read it for one record after the other; null where the unit signed nothing of the kind. */
export function useBeside(record: () => string): Ref<Beside | null> {
  const beside = shallowRef<Beside | null>(null)

  watch(record, async (record_id) => {
    beside.value = null
    const { run } = useAction({ toast: true })
    const found = await run(() => unwrap(api.GET('/api/v1/claims-beside/{record_id}', { params: { path: { record_id } } })))
    // A slower, older answer never replaces a newer one.
    if (!found?.unit || record() !== record_id) return
    beside.value = { unit: found.unit.name, at: moment(found.signed_at), said: new Map(found.answers.map((one) => [one.item, claimed(one)])) }
  }, { immediate: true })

  return beside
}
