/** The ledger: what it is narrowed to, how it is ordered and grouped; the server does all of it. */
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { api, unwrap, type Schema } from '../../shared/api/client'
import { useAction } from '../kit/action'
import { usePaged } from '../kit/paged'

export type Summary = Schema<'CaseSummary'>
export type Settings = Schema<'LedgerSettings'>
export type Groups = Schema<'CaseGroups'>
export type Grouping = Groups['by']
export type Colour = NonNullable<Settings['colour']>[number]

export const STATES: Summary['state'][] = ['open', 'answered', 'rectified', 'closed']
export const SOURCES: NonNullable<Summary['source']>[] = ['visit', 'complaint', 'clue', 'superior', 'self_reported', 'media']
export const COLOURS: Colour[] = ['red', 'yellow', 'blue', 'none', 'stopped']
/** What a unit's account may group by; the office may by all. */
export const DESK_GROUPINGS: Grouping[] = ['unit', 'state', 'class', 'colour']
export const GROUPINGS: Grouping[] = [...DESK_GROUPINGS, 'owner', 'theme', 'source', 'campaign']
/** Orders by what is to be taken up first: 先急后缓, 先易后难, 先重后轻; newest, longest without news. */
export const ORDERS: NonNullable<Settings['sort']>[] = ['due', 'easy', 'grave', '-opened', 'quiet']

const PAGE = 100
/** Typing is followed at this distance. */
const PAUSE_MS = 250

export interface Filters {
  state: Summary['state'][]
  class: Summary['class'][]
  source: NonNullable<Summary['source']>[]
  colour: Colour[]
  unit: string | null
  theme: string
  owner: string
  campaign: string
  due_from: string
  due_to: string
  q: string
}

export function noFilters(): Filters {
  return { state: [], class: [], source: [], colour: [], unit: null, theme: '', owner: '', campaign: '', due_from: '', due_to: '', q: '' }
}

/** Only what is set: an empty field filters nothing. */
export function queryOf(filters: Filters): Omit<Settings, 'sort' | 'by'> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null && value !== '' && (!Array.isArray(value) || value.length > 0)))
}

export function useLedger(asked: Partial<Filters>) {
  const filters = reactive<Filters>({ ...noFilters(), ...asked })
  const sort = ref<NonNullable<Settings['sort']>>('due')
  const by = ref<Grouping | ''>('')
  const colours = shallowRef<Groups | null>(null)
  const groups = shallowRef<Groups | null>(null)
  const counting = useAction({ toast: true })
  const query = computed(() => queryOf(filters))
  const paged = usePaged((cursor) => unwrap(api.GET('/api/v1/cases', { params: { query: { ...query.value, sort: sort.value, cursor, limit: PAGE } } })))
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Read list and counts anew; a slower, older answer never replaces a newer one. */
  async function load(): Promise<void> {
    round += 1
    await Promise.all([paged.load(), count(round)])
  }

  async function count(mine: number): Promise<void> {
    counting.busy.value = false
    await counting.run(async () => {
      // Colours are counted without their own filter, so that the other ones can still be chosen.
      const [byColour, chosen] = await Promise.all([
        groupsOf('colour', { ...query.value, colour: undefined }),
        by.value === '' ? null : groupsOf(by.value, query.value),
      ])
      if (mine !== round) return
      colours.value = byColour
      groups.value = chosen
    })
  }

  function settings(): Settings {
    return { ...query.value, sort: sort.value, by: by.value || null }
  }

  function apply(wanted: Settings): void {
    const { sort: order, by: grouping, ...rest } = wanted
    Object.assign(filters, noFilters(), rest)
    sort.value = order ?? 'due'
    by.value = grouping ?? ''
  }

  watch([filters, sort, by], () => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), PAUSE_MS)
  })

  return { ...paged, filters, sort, by, query, colours, groups, load, settings, apply }
}

function groupsOf(by: Grouping, query: Omit<Settings, 'sort' | 'by'>): Promise<Groups> {
  return unwrap(api.GET('/api/v1/case-groups', { params: { query: { ...query, by } } }))
}
