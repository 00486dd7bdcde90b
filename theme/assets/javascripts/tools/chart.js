// A bar chart, drawn by uPlot, in the colours of the page.
import { Plot, css } from "./vendor/chart.js"

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)

/**
 * Draw stacked bars into `place`. `labels` stand below the bars; each of `series` is `{label, values, color}`, the lower
 * ones first. What it shows stands beside it in a table: screen readers skip the drawing.
 */
export function barChart(place, labels, series) {
  const root = place.getRootNode()
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  const style = getComputedStyle(place)
  const ink = style.color
  const sums = labels.map(() => 0)
  const stacked = series.map(({ values }) => values.map((value, at) => (sums[at] += value)))
  const axis = { stroke: ink, grid: { show: false }, ticks: { stroke: ink, width: 1 } }
  const plot = new (/** @type {any} */ (Plot))({
    width: Math.max(200, place.clientWidth),
    height: 220,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-0.6, labels.length - 0.4] }, y: { range: (self, min, max) => [0, Math.max(1, max)] } },
    axes: [
      { ...axis, splits: () => some(labels), values: (self, splits) => splits.map((at) => labels[at] ?? "") },
      { ...axis, values: (self, splits) => splits.map((value) => (Number.isInteger(value) ? value : "")) },
    ],
    series: [{}, ...series.map(({ label, color }) => ({ label, fill: color, stroke: ink, width: 1, points: { show: false }, paths: Plot.paths.bars({ size: [0.8, 60] }) })).reverse()],
  }, [labels.map((_, at) => at), ...stacked.reverse()], place)
  place.setAttribute("aria-hidden", "true")
  new ResizeObserver(() => plot.setSize({ width: Math.max(200, place.clientWidth), height: 220 })).observe(place)
}

/** At most eight labels, evenly. */
function some(labels) {
  const step = Math.max(1, Math.ceil(labels.length / 8))
  return labels.flatMap((_, at) => (at % step ? [] : [at]))
}
