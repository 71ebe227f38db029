/** What can be done with a case beside answering it: which verbs, for whom, asking for what. */
import { api, unwrap, type Schema } from '../../shared/api/client'

type Case = Schema<'Case'>
type Kind = Schema<'NewCaseRequest'>['kind']

export interface VerbForm {
  reason: string
  days: number | undefined
  unit: string | null
  units: string[]
  other: string
  title: string
  findings: string[]
}

export interface Verb {
  name: string
  permission: string
  /** Only an account at a unit's desk, or only the office's. */
  who?: 'desk' | 'office'
  asks: readonly (keyof VerbForm)[]
  offered: (found: Case) => boolean
  run: (found: Case, form: VerbForm) => Promise<unknown>
}

const ENDED: readonly Case['state'][] = ['closed', 'merged', 'referred']
const WAITING: readonly Case['state'][] = ['open', 'answered']
export const running = (found: Case): boolean => !ENDED.includes(found.state)
const waiting = (found: Case): boolean => WAITING.includes(found.state)
const path = (found: Case) => ({ params: { path: { case_id: found.id } } })
const asked = (found: Case, kind: Kind): boolean => found.requests.some((one) => one.kind === kind && one.state === 'open')

function request(kind: Kind, asks: Verb['asks'], offered: Verb['offered'], who?: Verb['who']): Verb {
  return {
    name: kind,
    permission: 'case.ask',
    ...(who ? { who } : {}),
    asks: ['reason', ...asks],
    offered: (found) => offered(found) && !asked(found, kind),
    run: (found, form) => unwrap(api.POST('/api/v1/cases/{case_id}/requests', {
      ...path(found),
      body: { kind, reason: form.reason, ...(kind === 'extension' ? { working_days: form.days ?? 1 } : {}), unit_ids: form.units },
    })),
  }
}

export const VERBS: readonly Verb[] = [
  request('extension', ['days'], waiting),
  request('escalation', [], running),
  request('coordination', ['units'], running),
  request('bounce', [], running, 'desk'),
  request('pause', [], waiting, 'office'),
  request('explanation', [], (found) => running(found) && found.class === 'step_by_step'),
  {
    name: 'resume', permission: 'case.manage', asks: ['reason'], offered: (found) => found.state === 'paused',
    run: (found, { reason }) => unwrap(api.POST('/api/v1/cases/{case_id}/resume', { ...path(found), body: { reason } })),
  },
  {
    name: 'revisit', permission: 'case.manage', asks: ['days'], offered: (found) => found.state === 'rectified' && !found.revisits?.some((one) => one.matches === null),
    run: (found, { days }) => unwrap(api.POST('/api/v1/cases/{case_id}/revisits', { ...path(found), body: { working_days: days ?? null } })),
  },
  {
    name: 'transfer', permission: 'case.manage', asks: ['unit', 'reason'], offered: running,
    run: (found, { unit, reason }) => unwrap(api.POST('/api/v1/cases/{case_id}/transfer', { ...path(found), body: { unit_id: unit ?? '', reason } })),
  },
  {
    name: 'merge', permission: 'case.manage', asks: ['other', 'reason'], offered: running,
    run: (found, { other, reason }) => unwrap(api.POST('/api/v1/cases/{case_id}/merge', { ...path(found), body: { case_id: other, reason } })),
  },
  {
    name: 'split', permission: 'case.manage', asks: ['findings', 'title', 'reason'], offered: (found) => running(found) && found.findings.length > 1,
    run: (found, { findings, title, reason }) => unwrap(api.POST('/api/v1/cases/{case_id}/split', { ...path(found), body: { finding_ids: findings, title, reason } })),
  },
]

/** The verbs that a reader may use on a case now. */
export function offered(found: Case, can: (permission: string) => boolean, desk: boolean): Verb[] {
  return VERBS.filter((one) => can(one.permission) && one.offered(found) && (one.who === undefined || (one.who === 'desk') === desk))
}

/** Whether a form holds all that a verb asks for; days may stay open where the rulebook has them. */
export function complete(verb: Verb, form: VerbForm): boolean {
  const filled: Record<keyof VerbForm, boolean> = {
    reason: form.reason.trim() !== '',
    days: verb.name === 'revisit' || form.days !== undefined,
    unit: form.unit !== null,
    units: form.units.length > 0,
    other: form.other !== '',
    title: form.title.trim() !== '',
    findings: form.findings.length > 0,
  }
  return verb.asks.every((one) => filled[one])
}
