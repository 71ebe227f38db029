/** The trail's codes in words: `notice.approved` is an object and what was done to it. */
import { word } from '../i18n'

export interface AuditFilter {
  role: '' | 'reviewer' | 'lead' | 'approver' | 'liaison' | 'custodian' | 'auditor' | 'administrator'
  action: string
  from: string
  to: string
  actor: { id: string; name: string } | null
  object: { kind: string; id: string; name: string } | null
}

/** `通报 · 已审批`; a word that the catalogue does not know is shown as it is. */
export function actionWords(action: string): string {
  const [object = '', ...verb] = action.split('.')
  return `${word('auditObject', object)} · ${word('auditVerb', verb.join('.'))}`
}

/** The facts of an entry on one line. */
export function factWords(facts: Record<string, unknown>): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ')
}
