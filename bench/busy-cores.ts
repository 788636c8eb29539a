import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/**
 * Keeps every core at work, for as long as it is held, with what nobody needs: nothing else waits for it. On a machine that others share, a
 * core may be faster while the one beside it rests: what is measured with one at rest then cannot be compared with what is measured with none.
 */
export function keepCoresBusy(): Disposable {
  const spinners = Array.from({ length: availableParallelism() }, () =>
    spawn('chrt', ['-i', '0', process.execPath, '--eval', 'for (;;);'], { stdio: 'ignore' }),
  )
  return {
    [Symbol.dispose]: () => {
      for (const spinner of spinners) spinner.kill('SIGKILL')
    },
  }
}
