/** Characters of no width: combining marks, such as a macron that is a character of its own, and format characters. */
const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** Characters of two columns: CJK, full-width forms, emoji. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u

const PLAIN = /^[\x20-\x7e]*$/

/** The width of text in terminal columns. The parts of a composed emoji are counted one by one. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length
  return [...text].reduce((sum, character) => sum + widthOf(character), 0)
}

/**
 * The text padded with spaces to `width` columns. Wider text is returned as it is.
 *
 * @param isRightAligned true pads at the start
 */
export function padToWidth(text: string, width: number, isRightAligned = false): string {
  const padding = ' '.repeat(Math.max(0, width - textWidth(text)))
  return isRightAligned ? padding + text : text + padding
}

function widthOf(character: string): number {
  if (WITHOUT_WIDTH.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}
