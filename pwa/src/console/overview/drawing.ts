/** The chart library, in a chunk of its own: only pages with a chart load it, and of it only what they draw. */
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer])

/** Draw into an element that has a size; `picked` gets the place of the bar or point that was clicked. */
export function drawn(into: HTMLElement, picked: (index: number) => void): ECharts {
  const chart = init(into)
  chart.on('click', (event) => {
    // A tap is heard when the finger leaves; the click that the browser makes of it would close what opens now.
    event.event?.stop()
    picked(event.dataIndex)
  })
  return chart
}

/** The chart as a PNG on white, twice as fine as the screen's pixels. */
export function picture(chart: ECharts): string {
  return chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: '#fff' })
}

export type { ECharts, EChartsCoreOption }
