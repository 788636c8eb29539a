/** A place where source text makes or handles a JavaScript number. */
export interface NumberUse {
  readonly line: number
  /** The line, trimmed, without comments and the insides of texts. */
  readonly code: string
  readonly rule: string
}

const RULES: readonly (readonly [rule: string, form: RegExp])[] = [
  ['parses a number', /\bparse(Float|Int)\b/],
  ['prints a number', /\.to(Fixed|Precision|Exponential|LocaleString)\b|\bIntl\b/],
  ['converts to a number', /\bNumber\b/],
  ['calculates with numbers', /\bMath\b/],
  ['converts by a plus sign', /(^|[=(,:?[{!&|;<>]|\breturn|\bcase)\s*\+(?!\+)\s*[\w$([`'"]/],
  ['has a fraction or an exponent', /(?<![\w.])\d[\d_]*(\.\d|e[+-]?\d)/i],
  ['multiplies or divides by a number', /(?<![*/])[*/%]=?\s*\d[\d_]*(?![\d_.n])/],
  ['declares a float', /\b(GraphQL)?Float\b/],
]

/** A type on one line that has `number` in it, also as `Map<string, number>`. */
const NUMBER = /(?:[^=,;:(){}<\n]|<[^<>\n]*>)*?(?:<[^<>\n]*)?\bnumber\b/.source

/** A member, a parameter or a constant. */
const DECLARATION = new RegExp(`([\\w$]+)[?!]?\\s*:${NUMBER}`, 'g')

/** A function that answers with a number. */
const FUNCTION = new RegExp(`([\\w$]+)\\s*(?:<[^<>]*>)?\\([^()]*\\)\\s*:${NUMBER}`, 'g')

/** Every place in the source text where an amount could become a JavaScript number. */
export function findNumberUses(source: string): readonly NumberUse[] {
  return codeOf(source)
    .split('\n')
    .flatMap((code, index) =>
      RULES.filter(([, form]) => form.test(code)).map(([rule]) => ({ line: index + 1, code: code.trim(), rule })),
    )
}

/** The names of all that the source text declares as a number, each once. */
export function findNumberNames(source: string): readonly string[] {
  const code = codeOf(source)
  return [...new Set([DECLARATION, FUNCTION].flatMap(form => [...code.matchAll(form)].map(([, name = '']) => name)))]
}

/** Comments, texts and regular expressions; of a template only what stands outside `${…}`. */
const SILENT = new RegExp(
  [
    /\/\*[\s\S]*?\*\//,
    /\/\/[^\n]*/,
    /'(?:\\.|[^'\\\n])*'/,
    /"(?:\\.|[^"\\\n])*"/,
    /(?<=[=(,:?[!&|;]\s*|\breturn\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

const TEMPLATE = /`(?:\\.|\$\{[^{}]*\}|[^`\\])*`/g

/** The code alone, on the same lines. */
function codeOf(source: string): string {
  return source.replace(SILENT, emptied).replace(TEMPLATE, text => {
    const inserted = [...text.matchAll(/\$\{([^{}]*)\}/g)].map(([, code = '']) => `(${code})`)
    return `\`${inserted.join('')}${emptied(text).slice(2)}\``
  })
}

/** Two quotation marks for anything that was said, and its line breaks. */
function emptied(text: string): string {
  return `''${text.replace(/[^\n]/g, '')}`
}
