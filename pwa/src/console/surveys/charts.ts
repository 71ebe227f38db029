/** What the results' chart draws: the dissatisfied share by unit with its interval. Pure but for the words. */
import type { EChartsCoreOption } from 'echarts/core'
import { t } from '../i18n'
import { INK, QUIET, TIP, WARM } from '../kit/chart_style'
import type { UnitResult } from './round'

export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

/** Units whose share is told, in the order of the table: a category axis begins at the bottom. */
export function drawnUnits(units: readonly UnitResult[]): UnitResult[] {
  return units.filter((one) => one.deciding.dissatisfied !== null).reverse()
}

/** The share as a bar, its 95 % interval as a thin line across the bar's end. */
export function sharesOption(units: readonly UnitResult[]): EChartsCoreOption {
  const shown = drawnUnits(units)
  const of = (read: (share: NonNullable<UnitResult['deciding']['dissatisfied']>) => number): number[] => shown.map((one) => (one.deciding.dissatisfied === null ? 0 : read(one.deciding.dissatisfied)))
  return {
    animation: false,
    aria: { enabled: true, label: { description: t('surveys.dissatisfied') } },
    textStyle: { fontFamily: 'inherit' },
    tooltip: { ...TIP, trigger: 'axis', valueFormatter: (value: number) => percent(value) },
    grid: { left: 8, right: 24, top: 8, bottom: 24, containLabel: true },
    xAxis: { type: 'value', min: 0, max: 1, axisLabel: { color: QUIET, formatter: (value: number) => `${(value * 100).toFixed(0)}%` } },
    yAxis: { type: 'category', data: shown.map((one) => one.unit.name), axisLabel: { color: '#2c3641', width: 150, overflow: 'truncate' } },
    series: [
      { name: t('surveys.dissatisfied'), type: 'bar', data: of((share) => share.share), itemStyle: { color: INK }, barMaxWidth: 16 },
      { type: 'bar', stack: 'interval', data: of((share) => share.low), itemStyle: { color: 'transparent' }, barWidth: 3, barGap: '-65%', silent: true, tooltip: { show: false } },
      { type: 'bar', stack: 'interval', data: of((share) => share.high - share.low), itemStyle: { color: WARM }, barWidth: 3, silent: true, tooltip: { show: false } },
    ],
  }
}
