import { medianOf, type Series } from './measurement.js'

const PANEL = { width: 340, height: 240 }
const MARGIN = { top: 44, right: 20, bottom: 48, left: 56 }

/** An SVG with a panel for each series, side by side: sizes on a logarithmic axis, medians with their ranges. */
export function plot(panels: readonly Series[]): string {
  const drawn = panels.map((series, index) => {
    return `<g transform="translate(${index * PANEL.width} 0)">\n${drawPanel(series).join('\n')}\n</g>`
  })
  const size = `width="${panels.length * PANEL.width}" height="${PANEL.height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11">
<title>How the cost of a request grows</title>
<rect ${size} fill="white"/>
${drawn.join('\n')}
</svg>
`
}

function drawPanel({ name, axis, unit, points }: Series): readonly string[] {
  const sizes = points.map(({ size }) => size)
  const [least, most] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))]
  const highest = ceiling(Math.max(...points.flatMap(({ values }) => values)))
  const [width, height] = [PANEL.width - MARGIN.left - MARGIN.right, PANEL.height - MARGIN.top - MARGIN.bottom]
  const x = (size: number): string => (MARGIN.left + ((Math.log10(size) - least) / (most - least)) * width).toFixed(1)
  const y = (value: number): string => (MARGIN.top + height - (value / highest) * height).toFixed(1)
  const [left, right] = [MARGIN.left, MARGIN.left + width]
  const gridLines = [0, highest / 2, highest].map(value => {
    const label = `<text x="${left - 6}" y="${Number(y(value)) + 4}" text-anchor="end">${Number(value.toPrecision(3))}</text>`
    return `<line x1="${left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>${label}`
  })
  const labels = sizes.map(size => {
    return `<text x="${x(size)}" y="${MARGIN.top + height + 16}" text-anchor="middle">${formatSize(size)}</text>`
  })
  const ranges = points.map(({ size, values }) => {
    const [low, high] = [y(Math.min(...values)), y(Math.max(...values))]
    return `<line x1="${x(size)}" x2="${x(size)}" y1="${low}" y2="${high}" stroke="#1f5fa8" stroke-width="1"/>`
  })
  const medians = points.map(point => [x(point.size), y(medianOf(point))] as const)
  return [
    `<text x="${left}" y="20" font-weight="bold">${name}</text>`,
    `<text x="${left}" y="35" fill="#555">${unit}</text>`,
    ...gridLines,
    ...labels,
    `<text x="${left + width / 2}" y="${PANEL.height - 10}" text-anchor="middle" fill="#555">${axis}</text>`,
    ...ranges,
    `<polyline points="${medians.map(([px, py]) => `${px},${py}`).join(' ')}" fill="none" stroke="#1f5fa8" stroke-width="2"/>`,
    ...medians.map(([px, py]) => `<circle cx="${px}" cy="${py}" r="3" fill="#1f5fa8"/>`),
  ]
}

/** The next of 1, 2, 5, 10, 20, … above the value. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * ([1, 2, 5, 10].find(step => step * power >= value) ?? 10)
}

/** Powers of ten from a thousand on as 10³; other numbers as they are. */
function formatSize(size: number): string {
  const exponent = Math.log10(size)
  return size >= 1_000 && Number.isInteger(exponent) ? `10<tspan dy="-4" font-size="8">${exponent}</tspan>` : `${size}`
}
