/** What waits for this person, counted by the server in one request: for the overview and the menu. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { LocationQueryRaw } from 'vue-router'
import { api, unwrap, type Schema } from '../../shared/api/client'

interface Kind {
  path: string
  query?: LocationQueryRaw
  urgent?: boolean
}

export interface Waiting {
  key: string
  count: number
  /** There are more than were counted. */
  more: boolean
  to: { path: string; query?: LocationQueryRaw }
  urgent: boolean
}

/** In the order of the overview; `path` is the menu's. */
const KINDS: Readonly<Record<string, Kind>> = {
  own: { path: '/cases', query: { state: 'open' } },
  given: { path: '/desk-complaints' },
  received: { path: '/received' },
  records: { path: '/review' },
  approvals: { path: '/notices', query: { state: 'in_approval' }, urgent: true },
  measures: { path: '/ladders', urgent: true },
  requests: { path: '/ladders', urgent: true },
  scores: { path: '/scores', urgent: true },
  complaints: { path: '/complaints' },
  findings: { path: '/cases' },
  overdue: { path: '/cases', query: { overdue: 'true' }, urgent: true },
  answered: { path: '/cases', query: { state: 'rectified' } },
  approved: { path: '/notices', query: { state: 'approved' } },
  drafts: { path: '/setup/campaigns' },
  phones: { path: '/setup/inspectors' },
}

/** Put what the server counted in the overview's order; a kind that this console does not know yet is left out. */
export function ordered(items: Schema<'Waiting'>[]): Waiting[] {
  return Object.entries(KINDS).flatMap(([key, { urgent = false, ...to }]) => items.filter((one) => one.key === key).map((one) => ({ ...one, to, urgent })))
}

/** How many wait behind a menu's path, as its badge shows them; empty for none. */
export function badge(waiting: readonly Waiting[], path: string): string {
  const behind = waiting.filter((one) => one.to.path === path)
  const count = behind.reduce((sum, one) => sum + one.count, 0)
  if (count === 0) return ''
  return count > 99 || behind.some((one) => one.more) ? '99+' : `${count}`
}

export const useWaiting = defineStore('waiting', () => {
  const items = shallowRef<Waiting[]>([])
  const loaded = shallowRef(false)
  const badges = computed(() => (path: string) => badge(items.value, path))

  /** Count again; throws as the API does, and keeps what it knew. */
  async function load(): Promise<void> {
    items.value = ordered((await unwrap(api.GET('/api/v1/waiting'))).items)
    loaded.value = true
  }

  /** What waits for one person is none of the next one's business. */
  function forget(): void {
    items.value = []
    loaded.value = false
  }

  return { items, loaded, badges, load, forget }
})
