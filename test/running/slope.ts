/** A value at a time. */
export type Point = readonly [x: number, y: number]

/** The slope of a line through points, and the half width of its 95 % interval. */
export interface Slope {
  readonly slope: number
  readonly halfWidth: number
}

const BLOCKS = 8
/** Student's t for 97.5 % and two degrees of freedom less than blocks. */
const T = 2.447

/**
 * Fits a line by least squares through the means of 8 blocks. Neighbouring samples of memory resemble each other; taken one by one they
 * would make the interval too narrow.
 *
 * @param points in the order of x; at least 8
 */
export function slopeOf(points: readonly Point[]): Slope {
  if (points.length < BLOCKS) throw new RangeError(`${points.length} points; at least ${BLOCKS} are needed`)
  const blocks = Array.from({ length: BLOCKS }, (_, block) => {
    const [from, to] = [block, block + 1].map(edge => Math.floor((edge * points.length) / BLOCKS))
    return meanOf(points.slice(from, to))
  })
  const [meanX, meanY] = meanOf(blocks)
  const squares = blocks.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  const slope = blocks.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / squares
  const residuals = blocks.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  return { slope, halfWidth: T * Math.sqrt(residuals / (BLOCKS - 2) / squares) }
}

function meanOf(points: readonly Point[]): Point {
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return [mean(0), mean(1)]
}
