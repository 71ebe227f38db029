/** Who is signed in; the menu and every page ask here what this person may do. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, connect, unwrap, type Schema } from '../shared/api/client'
import { forgetTags } from '../shared/api/etags'
import { ProblemError } from '../shared/api/problem'
import { currentLocale } from './i18n'

export type Permission = string

export const useSession = defineStore('session', () => {
  const who = ref<Schema<'Session'> | null>(null)
  /** A session with the password alone: its second factor is still to be proven, or to be set up. */
  const half = ref<Schema<'Session'> | null>(null)
  /** The server no longer knows the session; the page stays as it is under the sign-in. */
  const expired = ref(false)
  /** A verb waits for a fresh proof of the second factor. */
  const proving = ref(false)
  let waiting: ((back: boolean) => void)[] = []

  const permissions = computed(() => new Set(who.value?.permissions ?? []))
  const can = (permission: Permission): boolean => permissions.value.has(permission)
  /** A unit's own desk: confined to its cases. */
  const isLiaison = computed(() => can('case.answer') && !can('campaign.read'))

  connect({
    csrfToken: () => (half.value ?? who.value)?.csrf_token ?? '',
    language: currentLocale,
    signInAgain,
    proveAgain,
  })

  /** Find out whether the browser still holds a session. */
  async function restore(): Promise<void> {
    try {
      enter(await unwrap(api.GET('/api/v1/session')))
    } catch (error) {
      // Nobody is signed in, or the server cannot be reached: both end at the sign-in page, which says so.
      if (!(error instanceof ProblemError)) throw error
      who.value = null
    }
  }

  async function signIn(username: string, password: string): Promise<void> {
    enter(await unwrap(api.POST('/api/v1/session', { body: { username, password } })))
  }

  /** Prove the second factor: at sign-in, or again for a verb that asks for it. */
  async function prove(proof: Schema<'FactorProof'>): Promise<void> {
    enter(await unwrap(api.POST('/api/v1/session/proof', { body: proof })))
    proving.value = false
  }

  function enter(session: Schema<'Session'>): void {
    if (session.standing !== 'full') {
      half.value = session
      return
    }
    if (who.value !== null && who.value.id !== session.id) {
      // Another person must not see the page that the last one left open.
      globalThis.location.assign('/console/')
      return
    }
    who.value = session
    half.value = null
    expired.value = false
    settle(true)
  }

  async function signOut(): Promise<void> {
    await unwrap(api.DELETE('/api/v1/session'))
    leave()
  }

  /** Give up on an expired session, or on one that was never more than half. */
  function leave(): void {
    who.value = null
    half.value = null
    expired.value = false
    proving.value = false
    forgetTags()
    settle(false)
  }

  function signInAgain(): Promise<boolean> {
    if (who.value === null) return Promise.resolve(false)
    expired.value = true
    return new Promise((resolve) => waiting.push(resolve))
  }

  function proveAgain(): Promise<boolean> {
    proving.value = true
    return new Promise((resolve) => waiting.push(resolve))
  }

  /** The verb that asked for a fresh proof is refused after all. */
  function giveUpProving(): void {
    proving.value = false
    settle(false)
  }

  function settle(back: boolean): void {
    for (const resolve of waiting) resolve(back)
    waiting = []
  }

  return { who, half, expired, proving, can, isLiaison, restore, signIn, prove, giveUpProving, signOut, leave }
})
