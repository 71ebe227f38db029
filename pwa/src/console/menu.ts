/** The menu and what opens it: a page that the server would refuse is not offered. */

export interface MenuEntry {
  path: string
  label: string
  permission: string
  /** Also needed; keeps set-up pages away from a unit's desk. */
  also?: string
}

export interface MenuGroup {
  label: string
  entries: MenuEntry[]
}

/** Grouped by what people do. */
export const MENU: readonly MenuGroup[] = [
  {
    label: 'menu.today',
    entries: [{ path: '/overview', label: 'menu.overview', permission: 'session.read', also: 'campaign.read' }],
  },
  {
    label: 'menu.evidence',
    entries: [
      { path: '/review', label: 'menu.review', permission: 'record.read' },
      { path: '/packs', label: 'menu.packs', permission: 'pack.read' },
    ],
  },
  {
    label: 'menu.casework',
    entries: [
      { path: '/cases', label: 'menu.cases', permission: 'case.read' },
      { path: '/ladders', label: 'menu.ladders', permission: 'measure.read' },
    ],
  },
  {
    label: 'menu.public',
    entries: [
      { path: '/complaints', label: 'menu.complaints', permission: 'complaint.read' },
      { path: '/desk-complaints', label: 'menu.deskComplaints', permission: 'complaint.answer' },
      { path: '/surveys', label: 'menu.surveys', permission: 'survey.read' },
      { path: '/ballots', label: 'menu.ballots', permission: 'ballot.read' },
    ],
  },
  {
    label: 'menu.duties',
    entries: [
      { path: '/registers', label: 'menu.registers', permission: 'register.read' },
      { path: '/supervision', label: 'menu.supervision', permission: 'supervision.read' },
      { path: '/claims', label: 'menu.claims', permission: 'claim.read' },
      { path: '/cycles', label: 'menu.cycles', permission: 'cycle.read' },
    ],
  },
  {
    label: 'menu.publishing',
    entries: [
      { path: '/notices', label: 'menu.notices', permission: 'notice.read' },
      { path: '/received', label: 'menu.received', permission: 'document.receive' },
      { path: '/reports', label: 'menu.reports', permission: 'report.read' },
      { path: '/scores', label: 'menu.scores', permission: 'score.read' },
      { path: '/desk-scores', label: 'menu.deskScores', permission: 'score.own' },
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
    ],
  },
  {
    label: 'menu.keeping',
    entries: [
      { path: '/setup/accounts', label: 'menu.accounts', permission: 'user.manage' },
      { path: '/custody', label: 'menu.custody', permission: 'custody.read' },
      { path: '/retention', label: 'menu.retention', permission: 'retention.read' },
      { path: '/audit', label: 'menu.audit', permission: 'audit.read' },
    ],
  },
]

/** A menu of so many entries is seen whole; of a longer one the groups open one by one. */
const SEEN_AT_ONCE = 9

/** The entries that a person may open, without empty groups. */
export function menuFor(can: (permission: string) => boolean): MenuGroup[] {
  return MENU.map((group) => ({
    ...group,
    entries: group.entries.filter((entry) => can(entry.permission) && (entry.also === undefined || can(entry.also))),
  })).filter((group) => group.entries.length > 0)
}

/** Whether a menu is too long to be seen whole. */
export function isLong(groups: readonly MenuGroup[]): boolean {
  return groups.reduce((sum, group) => sum + group.entries.length, 0) > SEEN_AT_ONCE
}

/** Where a person's work begins: the first page they may open. */
export function homeFor(can: (permission: string) => boolean): string {
  return menuFor(can)[0]?.entries[0]?.path ?? '/nothing'
}
