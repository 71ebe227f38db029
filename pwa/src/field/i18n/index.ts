/**
 * The field app's words. A language is fetched only when it is used, the words of rarer screens after the
 * first one is shown; the compiler holds the catalogues complete.
 */

import { defineAsyncComponent, ref, shallowRef, type Component } from 'vue'
import { writePlain } from '../../shared/store'
import type { Catalogue, MessageKey, MoreCatalogue } from './catalogue'
import { loadWords, type Locale } from './words'

export { LOCALES } from './words'
export type { Locale, MessageKey }

const moreLoaders: Record<Locale, () => Promise<{ default: MoreCatalogue }>> = {
  'zh-CN': () => import('./zh-CN.more'),
  en: () => import('./en.more'),
}
const catalogue = shallowRef<Partial<Catalogue & MoreCatalogue>>({})
/** The office may call the app something else; the server writes that into the page. */
const name = document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content
const named: Partial<Catalogue> = name ? { 'app.name': name } : {}
let wantsMore = false
let loading: Promise<void> = Promise.resolve()

export const locale = ref<Locale>('zh-CN')

/** Show another language and remember it. */
export async function setLocale(next: Locale): Promise<void> {
  await showLocale(next)
  await writePlain('locale', next)
}

/** Show a language. */
export async function showLocale(next: Locale): Promise<void> {
  const parts = await Promise.all([loadWords(next), wantsMore ? moreLoaders[next]() : { default: {} }])
  catalogue.value = { ...parts[0].default, ...parts[1].default, ...named }
  locale.value = next
  document.documentElement.lang = next
  document.title = t('app.name')
}

/** Fetch the words of the rarer screens too. */
export async function loadMore(): Promise<void> {
  if (wantsMore) return loading
  wantsMore = true
  loading = moreLoaders[locale.value]().then(({ default: more }) => { catalogue.value = { ...catalogue.value, ...more } })
  // Without a network and a cache yet: the next rare screen asks again.
  loading.catch(() => { wantsMore = false })
  return loading
}

/** A rarer screen: it comes with its words. */
export function rareScreen<T extends Component>(load: () => Promise<{ default: T }>) {
  return defineAsyncComponent<T>(async () => (await Promise.all([load(), loadMore()]))[0].default)
}

/** The message in the current language, its `{name}` places filled. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  return (catalogue.value[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** What the office wrote, in its English wording where that is the language shown and there is one. */
export function officeWording(text: string, english: string | undefined): string {
  return locale.value === 'en' && english ? english : text
}

/** Whether a text made from data is a key of the catalogue. */
export function isKey(text: string): text is MessageKey {
  return text in catalogue.value
}

/** What a stable code means; an unknown one is named. */
export function problemText(code: string): string {
  const key = `problem.${code}`
  return isKey(key) ? t(key) : t('problem.other', { code })
}

/** What went wrong on this phone, for the person who asks for help: a name or a message, never content. */
export function faultText(error: unknown): string {
  if (error instanceof Error && error.name === 'StorageFull') return t('common.full')
  return error instanceof Error ? error.message || error.name : String(error)
}

/** A moment in the phone's time zone, short. */
export function timeText(iso: string): string {
  return new Intl.DateTimeFormat(locale.value, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(new Date(iso))
}

/** A number of bytes for people. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
