/** The queue: what waits for a reviewer, the longest waiting first, and where one stands in it. */
import { reactive, watch } from 'vue'
import { api, unwrap, type Schema } from '../../shared/api/client'
import { usePaged } from '../kit/paged'

export type QueueItem = Schema<'QueueItem'>
export type StateFilter = QueueItem['state'] | 'any'

const PAGE = 60
/** Fetch the next page when this few are left below the open record. */
const AHEAD = 5

export function useQueue() {
  const filters = reactive({ state: 'complete' as StateFilter, campaign: '', unit: null as string | null })
  const paged = usePaged((cursor) =>
    unwrap(api.GET('/api/v1/review/queue', {
      params: { query: { cursor, limit: PAGE, state: filters.state, campaign: filters.campaign || undefined, unit: filters.unit || undefined } },
    })),
  )
  watch(filters, paged.load)

  function placeOf(id: string | undefined): number {
    return paged.items.value.findIndex((item) => item.id === id)
  }

  /** The record after (1) or before (-1) an open one; without an open one the first or last. */
  function neighbour(id: string | undefined, by: 1 | -1): QueueItem | undefined {
    const place = placeOf(id)
    if (place === -1) return by === 1 ? paged.items.value[0] : paged.items.value.at(-1)
    return paged.items.value[place + by]
  }

  function keepAhead(id: string | undefined): void {
    const place = placeOf(id)
    if (place !== -1 && place >= paged.items.value.length - AHEAD && paged.next.value !== null) void paged.more()
  }

  /** Whether reading the queue again would show all that is shown now. */
  const onePage = (): boolean => paged.items.value.length <= PAGE

  /** A decided record stays in its place until the queue is read again, so that the next one stays next. */
  function mark(id: string, state: QueueItem['state']): void {
    paged.items.value = paged.items.value.map((item) => (item.id === id ? { ...item, state, claim: null } : item))
  }

  return { ...paged, filters, placeOf, neighbour, keepAhead, mark, onePage }
}
