/** Why a message did not arrive, in words: statuses with their number, the rest by their code. */
import { t, word } from '../i18n'

export function failureText(code: string | null): string {
  if (code === null) return ''
  const status = /^http-(\d+)$/.exec(code)
  return status ? t('notify.httpFailure', { status: status[1] ?? '' }) : word('channelFailure', code)
}
