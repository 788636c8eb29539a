import type { Notice } from '../domain/notice.js'
import { UpstreamError } from '../upstream/http/errors.js'
import type { Output } from './output.js'
import { visible } from './printable.js'

/** One line to stderr under the program's name. */
export function remark(stderr: Output, text: string): void {
  stderr.write(`billgraph: ${visible(text)}\n`)
}

/** What a careful reader of the figures should know. */
export function remarkNotices(stderr: Output, notices: readonly Notice[]): void {
  // The domain speaks of the graph's argument; here it is an option.
  for (const { message } of notices) {
    remark(stderr, `note: ${message.replace('match: SEGMENT', '--match segment')}`)
  }
}

/** An older answer is better than none, as long as it says so. */
export function remarkAge(stderr: Output, { stale, asOf }: { readonly stale: boolean; readonly asOf: string }): void {
  if (stale) remark(stderr, `note: this is an older answer, of ${asOf}; the upstream does not answer now.`)
}

/** What kept parts out of an answer. */
export function remarkFailures(stderr: Output, failures: Iterable<Error>): void {
  for (const failure of failures) remark(stderr, failureText(failure))
  remark(stderr, CHECK)
}

/** Of our own errors the message, which is written for people; of any other it may hold what it should not. */
export function failureText(failure: unknown): string {
  return failure instanceof UpstreamError ? failure.message : 'a failure inside the program'
}

const CHECK = 'what is printed is incomplete; billgraph check says how to mend it.'
