import { t } from '../i18n'
import type { RecordView } from './content'

/** What to tell after a decision. */
export function wordDecision(view: RecordView): string {
  if (view.state === 'accepted') return t('review.accepted', { n: view.findings.length })
  return t(view.state === 'returned' ? 'review.returned' : 'review.rejected')
}
