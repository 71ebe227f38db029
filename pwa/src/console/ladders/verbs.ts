/** What can be done with a measure: which verbs, for whom, asking for what. */
import { api, unwrap, type Schema } from '../../shared/api/client'

type Measure = Schema<'Measure'>

export interface MeasureVerb {
  name: string
  permission: string
  danger?: boolean
  /** Nothing is asked for; the verb is done at once. */
  silent?: boolean
  offered: (measure: Measure) => boolean
  run: (measure: Measure, text: string, skipApproval: string) => Promise<unknown>
}

const path = (measure: Measure) => ({ params: { path: { measure_id: measure.id } } })
const stands = (measure: Measure): boolean => measure.state === 'in_force' || measure.state === 'done'
const decide = (approved: boolean): MeasureVerb['run'] => (measure, note, skipApproval) =>
  unwrap(api.POST('/api/v1/measures/{measure_id}/decide', { ...path(measure), body: { approved, note, ...(approved && measure.skips ? { skip_approval: skipApproval } : {}) } }))

export const MEASURE_VERBS: readonly MeasureVerb[] = [
  { name: 'approve', permission: 'measure.approve', offered: (one) => one.state === 'proposed', run: decide(true) },
  { name: 'reject', permission: 'measure.approve', danger: true, offered: (one) => one.state === 'proposed', run: decide(false) },
  { name: 'enforce', permission: 'measure.propose', silent: true, offered: (one) => one.state === 'approved', run: (one) => unwrap(api.POST('/api/v1/measures/{measure_id}/enforce', path(one))) },
  { name: 'finish', permission: 'measure.propose', offered: (one) => one.state === 'in_force', run: (one, text) => unwrap(api.POST('/api/v1/measures/{measure_id}/finish', { ...path(one), body: { text } })) },
  { name: 'lift', permission: 'measure.approve', danger: true, offered: (one) => stands(one) || one.state === 'approved', run: (one, text) => unwrap(api.POST('/api/v1/measures/{measure_id}/lift', { ...path(one), body: { text } })) },
  {
    name: 'appeal', permission: 'measure.appeal',
    offered: (one) => stands(one) && one.nature === 'sanction' && one.review === null && one.review_until !== null && new Date() <= new Date(one.review_until),
    run: (one, text) => unwrap(api.POST('/api/v1/measures/{measure_id}/review', { ...path(one), body: { text } })),
  },
]
