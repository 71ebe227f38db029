/** What can be chosen in a form, as the lists of the API name it: the newest, enough for a select with a filter. */
import { api, unwrap } from '../../shared/api/client'
import { t } from '../i18n'

export interface Choice {
  value: string
  label: string
}

const LIMIT = 200

export async function recordChoices(): Promise<Choice[]> {
  const { items } = await unwrap(api.GET('/api/v1/review/queue', { params: { query: { limit: LIMIT, state: 'any' } } }))
  return items.map((one) => ({ value: one.id, label: `${one.day ?? ''} ${one.site?.name ?? one.unit?.name ?? ''} · ${t(`recordState.${one.state}`)}` }))
}

export async function caseChoices(): Promise<Choice[]> {
  const { items } = await unwrap(api.GET('/api/v1/cases', { params: { query: { limit: LIMIT } } }))
  return items.map((one) => ({ value: one.id, label: `${one.number} ${one.title}` }))
}

export async function noticeChoices(): Promise<Choice[]> {
  const { items } = await unwrap(api.GET('/api/v1/notices', { params: { query: { limit: LIMIT } } }))
  return items.flatMap((one) => (one.number === null ? [] : [{ value: one.number, label: `${one.number} ${one.title}` }]))
}

export async function campaignChoices(): Promise<Choice[]> {
  const { items } = await unwrap(api.GET('/api/v1/campaigns', { params: { query: { limit: LIMIT } } }))
  return items.map((one) => ({ value: one.id, label: one.name }))
}
