/** The rule sets of a rulebook, as they are edited. */
import type { Schema } from '../../shared/api/client'

export interface Rule {
  code: string
  text: string
  kind?: 'must' | 'must_not'
  [member: string]: unknown
}

export interface RuleSet {
  code: string
  title: string
  rules: Rule[]
  about?: string
  veto?: boolean
  complete?: boolean
  [member: string]: unknown
}

/** A copy to edit; members that the editor does not show stay as they are. */
export function ruleSetsOf(rulebook: Schema<'RulebookVersion'>): RuleSet[] {
  return structuredClone((rulebook.content as { rule_sets?: RuleSet[] }).rule_sets ?? [])
}

/** Add an empty rule under the first code that is free. */
export function addRule(set: RuleSet): void {
  const taken = new Set(set.rules.map((one) => one.code))
  let number = set.rules.length + 1
  while (taken.has(`rule-${number}`)) number += 1
  set.rules.push({ code: `rule-${number}`, text: '' })
}
