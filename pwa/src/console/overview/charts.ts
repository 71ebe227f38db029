/** What the overview's charts draw. Pure but for the words; sizes in CSS pixels. */
import type { EChartsCoreOption } from 'echarts/core'
import { t } from '../i18n'
import { INK, QUIET, TIP, WARM } from '../kit/chart_style'
import type { ItemFigures, Week } from './figures'

const MOST_ITEMS = 12

export const percent = (share: number): string => `${(share * 100).toFixed(0)}%`

/** A share with its interval, in words that say how sure it is. */
export function shareText(item: ItemFigures): string {
  const { count, of, share, low, high } = item.failed
  return t('figures.share', { share: percent(share), count, of, low: percent(low), high: percent(high) })
}

/** Visits and findings by week as bars, the mean score as a line on a scale of its own. */
export function trendOption(weeks: Week[]): EChartsCoreOption {
  const bars = (name: string, color: string, data: number[]) => ({ name, type: 'bar', data, itemStyle: { color }, barMaxWidth: 22 })
  return {
    ...common(t('figures.trend')),
    legend: { bottom: 0, itemHeight: 10, textStyle: { color: QUIET } },
    tooltip: { ...TIP, trigger: 'axis' },
    grid: { left: 40, right: 40, top: 16, bottom: 52 },
    xAxis: { type: 'category', data: weeks.map((one) => one.begins.slice(5)), axisLabel: { color: QUIET } },
    yAxis: [
      { type: 'value', minInterval: 1, axisLabel: { color: QUIET } },
      { type: 'value', min: 0, max: 100, splitLine: { show: false }, axisLabel: { color: QUIET } },
    ],
    series: [
      bars(t('figures.visits'), INK, weeks.map((one) => one.visits)),
      bars(t('figures.findings'), WARM, weeks.map((one) => one.findings)),
      { name: t('figures.mean'), type: 'line', yAxisIndex: 1, connectNulls: true, symbolSize: 7, data: weeks.map((one) => one.mean), itemStyle: { color: '#855c00' } },
    ],
  }
}

/** The items most often found wanting: the share as a bar, its 95 % interval as a thin line across the bar's end. */
export function itemsOption(items: ItemFigures[]): EChartsCoreOption {
  const shown = drawnItems(items)
  return {
    ...common(t('figures.items')),
    tooltip: { ...TIP, trigger: 'item', formatter: ({ dataIndex }: { dataIndex: number }) => tip(shown[dataIndex]) },
    grid: { left: 8, right: 24, top: 8, bottom: 24, containLabel: true },
    xAxis: { type: 'value', min: 0, max: scaleOf(shown), axisLabel: { color: QUIET, formatter: percent } },
    yAxis: { type: 'category', data: shown.map((one) => one.text), axisLabel: { color: '#2c3641', width: 190, overflow: 'truncate' } },
    series: [
      { type: 'bar', data: shown.map((one) => one.failed.share), itemStyle: { color: INK }, barMaxWidth: 16 },
      // A transparent bar up to the interval's low end, and on top of it the interval.
      { type: 'bar', stack: 'interval', data: shown.map((one) => one.failed.low), itemStyle: { color: 'transparent' }, barWidth: 3, barGap: '-65%', silent: true },
      { type: 'bar', stack: 'interval', data: shown.map((one) => one.failed.high - one.failed.low), itemStyle: { color: WARM }, barWidth: 3, silent: true },
    ],
  }
}

/** The worst items, the very worst on top: a category axis begins at the bottom. */
export function drawnItems(items: ItemFigures[]): ItemFigures[] {
  return items.slice(0, MOST_ITEMS).reverse()
}

/** The longest interval, rounded up to tenths: small shares stay readable. */
function scaleOf(items: ItemFigures[]): number {
  return Math.ceil(10 * Math.max(0.1, ...items.map((one) => one.failed.high))) / 10
}

function common(title: string) {
  return { animation: false, aria: { enabled: true, label: { description: title } }, textStyle: { fontFamily: 'inherit' } }
}

function tip(item: ItemFigures | undefined): string {
  return item === undefined ? '' : `${item.text}\n${shareText(item)}`
}
