/** What the composer is filled with where a document is drafted from something that was compiled before. */
import type { Schema } from '../../shared/api/client'
import { t } from '../i18n'
import type { Answers, Kind } from './kinds'

export interface Start {
  kind: Kind
  answers: Partial<Answers>
  /** What it was taken from, in words. */
  source: string
}

/** A compiled bulletin: its problems are the document's cases, its achievements lines of its text. */
export function fromBulletin(bulletin: Schema<'CaseBulletin'>): Start {
  const { title, from_day: from, to_day: to, problems, achievements } = bulletin
  return {
    kind: 'bulletin',
    answers: { achievements: achievements.map((one) => t('draft.achievement', { unit: one.unit, title: one.title })).join('\n') },
    source: t('draft.fromBulletin', { title, from, to, problems: problems.length, achievements: achievements.length }),
  }
}
