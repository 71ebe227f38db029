/** The language that the page speaks. */

import { ref } from 'vue'
import { firstLocale, message, type Locale, type MessageKey } from '../i18n'

export const locale = ref<Locale>('zh-CN')

/** Speak another language from now on. */
export function speak(next: Locale): void {
  locale.value = next
  document.documentElement.lang = next
  document.title = t('app.title')
}

/** Speak the browser's language, where we have it. */
export function speakFirst(): void {
  speak(firstLocale())
}

export function t(key: MessageKey, values?: Record<string, string | number>): string {
  return message(locale.value, key, values)
}

/** A number of bytes for people. */
export function bytesText(bytes: number): string {
  const [unit, size] = bytes < 1e6 ? ['kilobyte', 1e3] : bytes < 1e9 ? ['megabyte', 1e6] : ['gigabyte', 1e9]
  return new Intl.NumberFormat(locale.value, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / size)
}
