/** The menu and what opens it: a page that the server would refuse is not offered. */

export interface MenuEntry {
  path: string
  label: string
  permission: string
  /** Also needed; keeps set-up pages away from a unit's desk. */
  also?: string
}

export interface MenuGroup {
  label: string | null
  entries: MenuEntry[]
}

export const MENU: readonly MenuGroup[] = [
  {
    label: null,
    entries: [
      { path: '/overview', label: 'menu.overview', permission: 'session.read', also: 'campaign.read' },
      { path: '/review', label: 'menu.review', permission: 'record.read' },
      { path: '/cases', label: 'menu.cases', permission: 'case.read' },
      { path: '/ladders', label: 'menu.ladders', permission: 'measure.read' },
      { path: '/received', label: 'menu.received', permission: 'document.receive' },
      { path: '/notices', label: 'menu.notices', permission: 'notice.read' },
      { path: '/complaints', label: 'menu.complaints', permission: 'complaint.read' },
      { path: '/desk-complaints', label: 'menu.deskComplaints', permission: 'complaint.answer' },
      { path: '/registers', label: 'menu.registers', permission: 'register.read' },
      { path: '/supervision', label: 'menu.supervision', permission: 'supervision.read' },
      { path: '/surveys', label: 'menu.surveys', permission: 'survey.read' },
      { path: '/claims', label: 'menu.claims', permission: 'claim.read' },
      { path: '/reports', label: 'menu.reports', permission: 'report.read' },
      { path: '/cycles', label: 'menu.cycles', permission: 'cycle.read' },
      { path: '/ballots', label: 'menu.ballots', permission: 'ballot.read' },
      { path: '/scores', label: 'menu.scores', permission: 'score.read' },
      { path: '/packs', label: 'menu.packs', permission: 'pack.read' },
    ],
  },
  {
    label: 'menu.setup',
    entries: [
      { path: '/setup/campaigns', label: 'menu.campaigns', permission: 'campaign.read' },
      { path: '/setup/assignments', label: 'menu.assignments', permission: 'assignment.read' },
      { path: '/setup/draws', label: 'menu.draws', permission: 'assignment.read' },
      { path: '/setup/checklists', label: 'menu.checklists', permission: 'checklist.read' },
      { path: '/setup/units', label: 'menu.units', permission: 'unit.read', also: 'campaign.read' },
      { path: '/setup/sites', label: 'menu.sites', permission: 'unit.read', also: 'campaign.read' },
      { path: '/setup/inspectors', label: 'menu.inspectors', permission: 'inspector.manage' },
      { path: '/retention', label: 'menu.retention', permission: 'retention.read' },
      { path: '/custody', label: 'menu.custody', permission: 'custody.read' },
      { path: '/audit', label: 'menu.audit', permission: 'audit.read' },
      { path: '/setup/accounts', label: 'menu.accounts', permission: 'user.manage' },
    ],
  },
]

/** The entries that a person may open, without empty groups. */
export function menuFor(can: (permission: string) => boolean): MenuGroup[] {
  return MENU.map((group) => ({
    ...group,
    entries: group.entries.filter((entry) => can(entry.permission) && (entry.also === undefined || can(entry.also))),
  })).filter((group) => group.entries.length > 0)
}

/** Where a person's work begins: the first page they may open. */
export function homeFor(can: (permission: string) => boolean): string {
  return menuFor(can)[0]?.entries[0]?.path ?? '/nothing'
}
