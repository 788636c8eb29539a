/** The slope of a line through points, and the half width of its 95 % interval. */
export interface Slope {
  readonly slope: number
  readonly halfWidth: number
}

/** Fits a line by least squares. @param points x and y; at least three */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const count = points.length
  const [meanX, meanY] = [0, 1].map(axis => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / count)
  const dx = points.map(([x]) => x - (meanX ?? 0))
  const squares = dx.reduce((sum, one) => sum + one * one, 0)
  const slope = points.reduce((sum, [, y], index) => sum + (dx[index] ?? 0) * (y - (meanY ?? 0)), 0) / squares
  const residuals = points.reduce((sum, [, y], index) => sum + (y - (meanY ?? 0) - slope * (dx[index] ?? 0)) ** 2, 0)
  return { slope, halfWidth: 1.96 * Math.sqrt(residuals / (count - 2) / squares) }
}
