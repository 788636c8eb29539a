import type { Notice } from '../domain/notice.js'
import { UpstreamError } from '../upstream/http/errors.js'
import { toPrintable } from './printable.js'
import type { Output } from './terminal.js'

/** Writes one line to stderr that begins with the program's name. */
export function printMessage(stderr: Output, text: string): void {
  stderr.write(`billgraph: ${toPrintable(text)}\n`)
}

/** Writes a line for each notice about the printed figures. */
export function printNotices(stderr: Output, notices: readonly Notice[]): void {
  // The domain names the GraphQL argument; on the command line it is an option.
  for (const { message } of notices) {
    printMessage(stderr, `note: ${message.replace('match: SEGMENT', '--match segment')}`)
  }
}

/** Writes a line when the printed figures are stale. */
export function printStaleness(
  stderr: Output,
  { stale, asOf }: { readonly stale: boolean; readonly asOf: string },
): void {
  if (stale) printMessage(stderr, `note: these figures are from ${asOf}; the upstream cannot be reached now.`)
}

/** Writes a line for each failure that left something out of the printed result. */
export function printFailures(stderr: Output, failures: Iterable<Error>): void {
  for (const failure of failures) printMessage(stderr, describeFailure(failure))
  printMessage(stderr, 'the result is incomplete; run billgraph check to see how to fix it.')
}

/** The message of an upstream error. Any other error's message may quote a secret, so a fixed text stands for it. */
export function describeFailure(failure: unknown): string {
  return failure instanceof UpstreamError ? failure.message : 'an internal error'
}
