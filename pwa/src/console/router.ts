import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { t } from './i18n'
import { homeFor, menuFor } from './menu'
import { useSession } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Menu path that opens this page; without it the page is open to whoever is signed in. */
    menu?: string
    title?: string
    /** Fills the window: no page padding. */
    wide?: boolean
  }
}

const review = { menu: '/review', title: 'menu.review', wide: true }
const routes: RouteRecordRaw[] = [
  { path: '/', redirect: () => (useSession().who === null ? '/sign-in' : homeFor(useSession().can)) },
  { path: '/sign-in', name: 'sign-in', component: () => import('./signin/SignInPage.vue'), meta: { title: 'signIn.title' } },
  { path: '/nothing', component: () => import('./overview/NothingPage.vue') },
  { path: '/overview', component: () => import('./overview/OverviewPage.vue'), meta: { menu: '/overview', title: 'menu.overview' } },
  { path: '/review', name: 'review', component: () => import('./review/ReviewPage.vue'), meta: review },
  { path: '/review/:record', name: 'record', component: () => import('./review/ReviewPage.vue'), props: true, meta: review },
  { path: '/review/:record/redact/:sha256', name: 'redact', component: () => import('./redaction/RedactionPage.vue'), props: true, meta: { ...review, title: 'redact.title' } },
  { path: '/cases', name: 'cases', component: () => import('./cases/CasesPage.vue'), meta: { menu: '/cases', title: 'menu.cases' } },
  { path: '/cases/tasks', component: () => import('./cases/TasksPage.vue'), meta: { menu: '/cases', title: 'tasks.title' } },
  { path: '/cases/:id', name: 'case', component: () => import('./cases/CasePage.vue'), props: true, meta: { menu: '/cases', title: 'menu.cases' } },
  { path: '/ladders', component: () => import('./ladders/LaddersPage.vue'), meta: { menu: '/ladders', title: 'menu.ladders' } },
  { path: '/notices', name: 'notices', component: () => import('./notices/NoticesPage.vue'), meta: { menu: '/notices', title: 'menu.notices' } },
  { path: '/notices/templates', component: () => import('./notices/templates/TemplatesPage.vue'), meta: { menu: '/notices', title: 'templates.title' } },
  { path: '/notices/templates/:id', component: () => import('./notices/templates/TemplatePage.vue'), props: true, meta: { menu: '/notices', title: 'templates.title' } },
  { path: '/received', component: () => import('./received/ReceivedPage.vue'), meta: { menu: '/received', title: 'menu.received' } },
  { path: '/notices/:id', name: 'notice', component: () => import('./notices/NoticePage.vue'), props: true, meta: { menu: '/notices', title: 'menu.notices' } },
  { path: '/complaints', component: () => import('./complaints/ComplaintsPage.vue'), meta: { menu: '/complaints', title: 'menu.complaints' } },
  { path: '/complaints/new', component: () => import('./complaints/IntakePage.vue'), meta: { menu: '/complaints', title: 'complaints.takeDown' } },
  { path: '/complaints/clusters', component: () => import('./complaints/ClustersPage.vue'), meta: { menu: '/complaints', title: 'complaints.clusters' } },
  { path: '/complaints/:id', component: () => import('./complaints/ComplaintPage.vue'), props: true, meta: { menu: '/complaints', title: 'menu.complaints' } },
  { path: '/desk-complaints', component: () => import('./complaints/DeskComplaintsPage.vue'), meta: { menu: '/desk-complaints', title: 'menu.deskComplaints' } },
  { path: '/desk-complaints/:id', component: () => import('./complaints/DeskComplaintPage.vue'), props: true, meta: { menu: '/desk-complaints', title: 'menu.deskComplaints' } },
  { path: '/registers', component: () => import('./registers/RegistersPage.vue'), meta: { menu: '/registers', title: 'menu.registers' } },
  { path: '/registers/:campaign/:code', component: () => import('./registers/RegisterPage.vue'), props: true, meta: { menu: '/registers', title: 'menu.registers' } },
  { path: '/supervision', component: () => import('./supervision/SupervisionPage.vue'), meta: { menu: '/supervision', title: 'menu.supervision' } },
  { path: '/surveys', component: () => import('./surveys/SurveysPage.vue'), meta: { menu: '/surveys', title: 'menu.surveys' } },
  { path: '/surveys/:id', component: () => import('./surveys/RoundPage.vue'), props: true, meta: { menu: '/surveys', title: 'menu.surveys' } },
  { path: '/claims', component: () => import('./claims/ClaimsPage.vue'), meta: { menu: '/claims', title: 'menu.claims' } },
  { path: '/claims/compare/:id', component: () => import('./claims/ComparisonPage.vue'), props: true, meta: { menu: '/claims', title: 'menu.claims' } },
  { path: '/claims/:id', component: () => import('./claims/SheetPage.vue'), props: true, meta: { menu: '/claims', title: 'menu.claims' } },
  { path: '/reports', component: () => import('./reports/ReportsPage.vue'), meta: { menu: '/reports', title: 'menu.reports' } },
  { path: '/cycles', component: () => import('./cycles/CyclesPage.vue'), meta: { menu: '/cycles', title: 'menu.cycles' } },
  { path: '/ballots', component: () => import('./ballots/BoxesPage.vue'), meta: { menu: '/ballots', title: 'menu.ballots' } },
  { path: '/ballots/:id', component: () => import('./ballots/BoxPage.vue'), props: true, meta: { menu: '/ballots', title: 'menu.ballots' } },
  { path: '/notifications', component: () => import('./notifications/NotificationsPage.vue'), meta: { title: 'notify.title' } },
  { path: '/account', component: () => import('./account/AccountPage.vue'), meta: { title: 'account.title' } },
  { path: '/audit', component: () => import('./audit/AuditPage.vue'), meta: { menu: '/audit', title: 'menu.audit' } },
  { path: '/desk-scores', component: () => import('./scoring/DeskScoresPage.vue'), meta: { menu: '/desk-scores', title: 'menu.deskScores' } },
  { path: '/scores', component: () => import('./scoring/ScoresPage.vue'), meta: { menu: '/scores', title: 'menu.scores' } },
  { path: '/scores/:id', component: () => import('./scoring/RunPage.vue'), props: true, meta: { menu: '/scores', title: 'menu.scores' } },
  { path: '/packs', name: 'packs', component: () => import('./packs/PacksPage.vue'), meta: { menu: '/packs', title: 'menu.packs' } },
  { path: '/retention', component: () => import('./retention/RetentionPage.vue'), meta: { menu: '/retention', title: 'menu.retention' } },
  { path: '/custody', component: () => import('./custody/CustodyPage.vue'), meta: { menu: '/custody', title: 'menu.custody' } },
  { path: '/setup/units', component: () => import('./setup/units/UnitsPage.vue'), meta: { menu: '/setup/units', title: 'menu.units' } },
  { path: '/setup/sites', component: () => import('./setup/sites/SitesPage.vue'), meta: { menu: '/setup/sites', title: 'menu.sites' } },
  { path: '/setup/inspectors', component: () => import('./setup/inspectors/InspectorsPage.vue'), meta: { menu: '/setup/inspectors', title: 'menu.inspectors' } },
  { path: '/setup/inspectors/sheets', component: () => import('./setup/inspectors/EnrolmentSheetsPage.vue'), meta: { menu: '/setup/inspectors', title: 'sheets.title' } },
  { path: '/setup/accounts', component: () => import('./setup/accounts/AccountsPage.vue'), meta: { menu: '/setup/accounts', title: 'menu.accounts' } },
  { path: '/setup/campaigns', component: () => import('./setup/campaigns/CampaignsPage.vue'), meta: { menu: '/setup/campaigns', title: 'menu.campaigns' } },
  { path: '/setup/campaigns/:id', name: 'campaign', component: () => import('./setup/campaigns/CampaignPage.vue'), props: true, meta: { menu: '/setup/campaigns', title: 'menu.campaigns' } },
  { path: '/setup/campaigns/:id/rulebook', component: () => import('./campaigns/RulebookPage.vue'), props: true, meta: { menu: '/setup/campaigns', title: 'rulebook.title' } },
  { path: '/setup/checklists', component: () => import('./setup/checklists/ChecklistsPage.vue'), meta: { menu: '/setup/checklists', title: 'menu.checklists' } },
  { path: '/setup/checklists/:version', name: 'checklist', component: () => import('./setup/checklists/ChecklistPage.vue'), props: true, meta: { menu: '/setup/checklists', title: 'menu.checklists' } },
  { path: '/setup/assignments', component: () => import('./setup/assignments/AssignmentsPage.vue'), meta: { menu: '/setup/assignments', title: 'menu.assignments' } },
  { path: '/setup/draws', component: () => import('./setup/draws/DrawsPage.vue'), meta: { menu: '/setup/draws', title: 'menu.draws' } },
  { path: '/setup/draws/new', component: () => import('./setup/draws/NewDrawPage.vue'), meta: { menu: '/setup/draws', title: 'draws.new' } },
  { path: '/setup/draws/:id', name: 'draw', component: () => import('./setup/draws/DrawPage.vue'), props: true, meta: { menu: '/setup/draws', title: 'menu.draws' } },
  { path: '/:rest(.*)*', component: () => import('./overview/NothingPage.vue') },
]

export const router = createRouter({
  history: createWebHistory('/console/'), routes,
  // A step of the set-up points at a part of its own page.
  scrollBehavior: (to) => (to.hash === '' ? undefined : { el: to.hash, behavior: 'smooth' }),
})

router.beforeEach((to) => {
  const session = useSession()
  if (to.name === 'sign-in') return true
  if (session.who === null) return { name: 'sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  const { menu } = to.meta
  const open = menu === undefined || menuFor(session.can).some((group) => group.entries.some((entry) => entry.path === menu))
  return open || { path: '/nothing' }
})

router.afterEach((to) => {
  const title = to.meta.title
  document.title = title === undefined ? t('app.name') : `${t(title)} · ${t('app.name')}`
})
