/** A register's values as fields show and send them. */
import type { Schema } from '../../shared/api/client'
import { t } from '../i18n'

export type Register = Schema<'Register'>
export type Row = Schema<'RegisterRow'>
export type Column = Schema<'RegisterColumn'>
export type Values = Record<string, unknown>

const NUMERIC = new Set(['number', 'days'])

/** What a cell says; units and sites by name. */
export function shown(column: Column, row: Pick<Row, 'values' | 'names'>): string {
  const value = row.values[column.code]
  if (value === undefined || value === null || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  const text = String(value)
  return row.names[text] ?? (column.unit && NUMERIC.has(column.type) ? `${text} ${column.unit}` : text)
}

/** A share that is asked for and not reached stands out; one that nobody asks for is plain. */
export function shareTone(register: Register): 'good' | 'late' | 'plain' {
  if (register.reached === null) return 'plain'
  return register.reached ? 'good' : 'late'
}

/** A quota in words. */
export function quotaText(quota: Schema<'RegisterQuota'>): string {
  if (quota.exactly !== null) return t('registers.exactly', { n: quota.exactly })
  const parts = [quota.at_least !== null && t('registers.atLeast', { n: quota.at_least }), quota.at_most !== null && t('registers.atMost', { n: quota.at_most })]
  return parts.filter(Boolean).join(' ')
}
