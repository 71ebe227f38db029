/** To which steps a unit's own rule of accountability may lead. */
import type { Schema } from '../../shared/api/client'

/**
 * Steps as `ladder/step`: any for a rule of the unit's own; for a stricter form of the campaign's those of the
 * same ladder, from that rule's step on.
 */
export function stepsFrom(rules: Schema<'LadderRules'>, rule: string): string[] {
  const wider = rules.accountability.find((one) => one.code === rule)
  return rules.ladders
    .filter((ladder) => wider === undefined || ladder.code === wider.ladder)
    .flatMap((ladder) => {
      const least = ladder.steps.find((step) => step.code === wider?.step)?.position ?? 0
      return ladder.steps.filter((step) => step.position >= least).map((step) => `${ladder.code}/${step.code}`)
    })
}
