/** The form of a round that no rulebook plans, to begin with: one question, three steps. Pure. */
import type { Form } from './round'

export const BLANK: Form = {
  questions: [{ code: 'overall', title: '总体是否满意', title_en: 'Are you satisfied as a whole?', decides: true }],
  scale: [
    { code: 'satisfied', title: '满意', title_en: 'Satisfied', points: 100, dissatisfied: false },
    { code: 'fairly', title: '基本满意', title_en: 'Fairly satisfied', points: 60, dissatisfied: false },
    { code: 'dissatisfied', title: '不满意', title_en: 'Dissatisfied', points: 0, dissatisfied: true },
    { code: 'unknown', title: '不了解', title_en: 'Do not know', points: null, dissatisfied: false },
  ],
  groups: [{ code: 'served', title: '服务对象', title_en: 'People served', quota: null }],
  panels: [{ groups: ['served'], units: [] }],
  smallest_group: 5,
  reopen_above_percent: 50,
  intro: '',
  intro_en: '',
}
