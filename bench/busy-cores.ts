import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/**
 * Keeps every core at work, for as long as it is held, with what nobody needs: nothing else waits for it. A core is faster here while the one
 * beside it rests, so what is measured with one core at rest cannot be compared with what is measured with none.
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
