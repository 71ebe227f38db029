/** A campaign's themes as a form edits them: lead and supporting units apart. */
import type { Schema } from '../../../shared/api/client'

export interface ThemeDraft {
  code: string
  title: string
  lead: string[]
  support: string[]
}

export function draftOf(themes: readonly Schema<'CampaignTheme'>[]): ThemeDraft[] {
  const of = (theme: Schema<'CampaignTheme'>, role: 'lead' | 'support'): string[] => theme.units.filter((one) => one.role === role).map((one) => one.unit_id)
  return themes.map((theme) => ({ code: theme.code, title: theme.title, lead: of(theme, 'lead'), support: of(theme, 'support') }))
}

/** A unit that leads does not also support. */
export function themesOf(drafts: readonly ThemeDraft[]): Schema<'NewCampaignTheme'>[] {
  return drafts.map(({ code, title, lead, support }) => ({
    code,
    title,
    units: [
      ...lead.map((unit_id) => ({ unit_id, role: 'lead' as const })),
      ...support.filter((unit_id) => !lead.includes(unit_id)).map((unit_id) => ({ unit_id, role: 'support' as const })),
    ],
  }))
}
