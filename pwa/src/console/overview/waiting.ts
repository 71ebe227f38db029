/** What waits for this person: one small page of each list that they may read, all at once. */
import { api, unwrap } from '../../shared/api/client'

export interface Waiting {
  key: string
  count: number
  /** There are more than were counted. */
  more: boolean
  to: { path: string; query?: Record<string, string> }
  urgent: boolean
}

interface Source {
  key: string
  permission: string
  to: Waiting['to']
  urgent?: boolean
  read: () => Promise<{ items: unknown[]; next: string | null }>
}

const LIMIT = 100

const SOURCES: Source[] = [
  { key: 'records', permission: 'record.review', to: { path: '/review' }, read: () => unwrap(api.GET('/api/v1/review/queue', { params: { query: { limit: LIMIT } } })) },
  { key: 'approvals', permission: 'notice.approve', to: { path: '/notices', query: { state: 'in_approval' } }, urgent: true, read: () => unwrap(api.GET('/api/v1/notices', { params: { query: { limit: LIMIT, state: 'in_approval' } } })) },
  { key: 'measures', permission: 'measure.approve', to: { path: '/ladders' }, urgent: true, read: () => unwrap(api.GET('/api/v1/measures', { params: { query: { limit: LIMIT, state: 'proposed' } } })) },
  { key: 'findings', permission: 'case.open', to: { path: '/cases' }, read: () => unwrap(api.GET('/api/v1/findings-without-case', { params: { query: { limit: LIMIT } } })) },
  { key: 'overdue', permission: 'case.read', to: { path: '/cases', query: { overdue: 'true' } }, urgent: true, read: () => unwrap(api.GET('/api/v1/cases', { params: { query: { limit: LIMIT, overdue: true } } })) },
  { key: 'answered', permission: 'case.manage', to: { path: '/cases', query: { state: 'rectified' } }, read: () => unwrap(api.GET('/api/v1/cases', { params: { query: { limit: LIMIT, state: ['rectified'] } } })) },
  { key: 'approved', permission: 'notice.draft', to: { path: '/notices', query: { state: 'approved' } }, read: () => unwrap(api.GET('/api/v1/notices', { params: { query: { limit: LIMIT, state: 'approved' } } })) },
  { key: 'drafts', permission: 'campaign.manage', to: { path: '/setup/campaigns' }, read: () => unwrap(api.GET('/api/v1/campaigns', { params: { query: { limit: LIMIT, state: 'draft' } } })) },
  { key: 'phones', permission: 'inspector.manage', to: { path: '/setup/inspectors' }, read: unconfirmedPhones },
]

/** Only what somebody may act upon, and only what is not empty. */
export async function waitingFor(can: (permission: string) => boolean): Promise<Waiting[]> {
  const found = await Promise.all(SOURCES.filter((source) => can(source.permission)).map(async (source) => {
    const page = await source.read()
    return { key: source.key, count: page.items.length, more: page.next !== null, to: source.to, urgent: source.urgent ?? false }
  }))
  return found.filter((one) => one.count > 0)
}

async function unconfirmedPhones(): Promise<{ items: unknown[]; next: string | null }> {
  const { items } = await unwrap(api.GET('/api/v1/devices', { params: { query: { limit: LIMIT } } }))
  return { items: items.filter((phone) => phone.confirmed_at === null && phone.revoked_at === null), next: null }
}
