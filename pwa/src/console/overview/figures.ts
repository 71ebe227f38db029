/** The figures of the overview: what they are about, read in one request. */
import { reactive, ref, shallowRef, watch } from 'vue'
import { api, unwrap, type Schema } from '../../shared/api/client'
import { useAction, useNewest } from '../kit/action'

export type Overview = Schema<'Overview'>
export type Week = Schema<'Week'>
export type ItemFigures = Schema<'ItemFigures'>
export type UnitFigures = Schema<'UnitFigures'>
export type SeenPlace = Schema<'Place'>

export interface Span {
  campaign: string
  unit: string | null
  from_day: string
  to_day: string
}

/** Only what narrows: an empty field asks for nothing. */
export function queryOf(span: Span): Record<string, string> {
  return Object.fromEntries(Object.entries(span).filter((pair): pair is [string, string] => Boolean(pair[1])))
}

/** The ledger's words for the same: of a case the days are those of its opening. */
export function casesOf({ from_day, to_day, ...rest }: Record<string, string>): Record<string, string> {
  return { ...rest, ...(from_day && { opened_from: from_day }), ...(to_day && { opened_to: to_day }) }
}

export function useFigures(campaign: string) {
  const span = reactive<Span>({ campaign, unit: null, from_day: '', to_day: '' })
  const figures = shallowRef<Overview | null>(null)
  const failed = ref(false)
  const action = useAction({ toast: true })
  const begin = useNewest()

  async function load(): Promise<void> {
    const isNewest = begin()
    action.busy.value = false
    const found = await action.run(() => unwrap(api.GET('/api/v1/overview', { params: { query: queryOf(span) } })))
    if (!isNewest()) return
    failed.value = found === undefined
    if (found !== undefined) figures.value = found
  }

  watch(span, load)
  return { span, figures, failed, busy: action.busy, load }
}
