/** Beginning to write: a draft for an assignment, an answer to a return, a free record. */

import { computed } from 'vue'
import { isOlder } from '../../domain/browser'
import type { Assignment, Bundle } from '../../domain/bundle'
import { isNewest } from '../../domain/outbox'
import { answerReturned, newDraft, startOf, type Draft, type Start } from '../../domain/draft'
import { saveDraft } from '../../shared/capture/drafts'
import { bundle, drafts, entries, reloadDrafts } from './lists'
import { push } from './navigation'
import { requireVault } from './session'

/** The office no longer takes new visits from this version; what is begun is finished and sent all the same. */
export const tooOld = computed(() => isOlder(__APP_VERSION__, bundle.value?.bundle.app?.oldest ?? ''))

/** Open the draft of an assignment, or begin it. */
export async function openAssignment(assignment: Assignment, from: Bundle): Promise<void> {
  const existing = draftFor(assignment)
  if (existing) push({ name: 'visit', draft: existing.id })
  else if (!tooOld.value) await begin(assignment.returned ? answer(assignment, from) : newDraft(crypto.randomUUID(), startOf(assignment, from), now()))
}

/** Begin a record that was not assigned. */
export async function openFree(start: Start): Promise<void> {
  await begin(newDraft(crypto.randomUUID(), start, now()))
}

/** The draft that is being written for an assignment. */
export function draftFor(assignment: Assignment): Draft | undefined {
  const returned = assignment.returned
  return drafts.value.find((draft) => (returned ? draft.supersedes === returned.record_sha256 : draft.assignment === assignment.id))
}

/** Whether the assignment was answered from this phone already, in its present round. */
export function isSubmitted(assignment: Assignment): boolean {
  const returned = assignment.returned
  return entries.value.some((entry) => (returned
    ? entry.draft.supersedes === returned.record_sha256
    : entry.draft.assignment === assignment.id && entry.draft.outcome !== 'withdrawn' && isNewest(entry, entries.value)))
}

function answer(assignment: Assignment, from: Bundle): Draft {
  const earlier = entries.value.find((entry) => entry.recordSha256 === assignment.returned!.record_sha256)
  return answerReturned(earlier?.draft ?? null, assignment, from, now())
}

async function begin(draft: Draft): Promise<void> {
  await saveDraft(requireVault().storeKey, draft)
  await reloadDrafts()
  push({ name: 'visit', draft: draft.id })
}

function now(): string {
  return new Date().toISOString()
}
