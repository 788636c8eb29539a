import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Files that hold the program's secrets, outside the folder that the program writes to. */
export class SecretFiles implements Disposable {
  private readonly folder = mkdtempSync(join(tmpdir(), 'billgraph-secrets-'))

  /** @returns the file's path */
  write(name: string, text: string): string {
    const path = join(this.folder, name)
    writeFileSync(path, text)
    return path
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
