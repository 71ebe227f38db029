/** One verb of a page: busy while it runs, its refusal kept for the alert and the fields. */
import { ElMessage } from 'element-plus'
import { computed, ref } from 'vue'
import { ProblemError, UNREACHABLE, UNREADABLE } from '../../shared/api/problem'
import { t } from '../i18n'

/** What to tell a person about a refusal or a broken connection. */
export function problemTitle(problem: ProblemError): string {
  if (problem.code === UNREACHABLE) return t('problem.unreachable')
  if (problem.code === UNREADABLE) return t('problem.unreadable', { status: problem.status })
  if (problem.stale) return t('problem.stale')
  return problem.message
}

/** Show a refusal where no form can hold it. */
export function toastProblem(problem: ProblemError): void {
  const lines = [problemTitle(problem), ...Object.entries(problem.pointers).map(([where, what]) => `${where}: ${what}`)]
  ElMessage({ type: 'error', message: lines.join('\n'), duration: 8000, showClose: true, grouping: true })
}

export function toastDone(text: string): void {
  ElMessage({ type: 'success', message: text, duration: 2500, grouping: true })
}

/** Begin a reading; the answer tells whether it is still the newest: a slower, older one never replaces it. */
export function useNewest(): () => () => boolean {
  let asked = 0
  return () => {
    asked += 1
    const mine = asked
    return () => mine === asked
  }
}

/**
 * Run verbs one at a time.
 *
 * @param options.toast show refusals as a toast (pages without a `ProblemAlert`)
 */
export function useAction(options: { toast?: boolean } = {}) {
  const busy = ref(false)
  const problem = ref<ProblemError | null>(null)

  /** Resolves to the verb's result, or to undefined when it was refused; other faults are thrown. */
  async function run<Result>(verb: () => Promise<Result>): Promise<Result | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = null
    try {
      return await verb()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      problem.value = error
      if (options.toast) toastProblem(error)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return {
    busy,
    problem,
    run,
    /** The text for one field, by its path in the request (`name`, `items/0/text`). */
    fieldError: (field: string): string => problem.value?.pointers[field] ?? '',
    /** Whether the last run was refused. */
    refused: computed(() => problem.value !== null),
    clear: (): void => { problem.value = null },
  }
}
