// Draws the cost curve with the charts library that the console has, without a browser: what is
// asked for comes in as JSON, the SVG goes out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../pwa/package.json', import.meta.url))
const { init } = require('echarts')

const { records, lines } = JSON.parse(readFileSync(0, 'utf8'))
const chart = init(null, null, { renderer: 'svg', ssr: true, width: 860, height: 460 })
chart.setOption({
  animation: false,
  backgroundColor: '#fff',
  textStyle: { fontFamily: 'sans-serif' },
  grid: { left: 60, right: 190, top: 40, bottom: 50 },
  xAxis: { type: 'category', boundaryGap: false, data: records, name: 'records and cases held', nameLocation: 'middle', nameGap: 30 },
  yAxis: { type: 'value', min: 0, name: 'ms', axisLabel: { formatter: '{value}' } },
  series: lines.map(({ name, milliseconds, dashed }) => ({
    name,
    type: 'line',
    data: milliseconds,
    lineStyle: { type: dashed ? 'dashed' : 'solid' },
    endLabel: { show: true, formatter: '{a}' },
    labelLayout: { moveOverlap: 'shiftY' },
  })),
})
process.stdout.write(chart.renderToSVGString())
chart.dispose()
