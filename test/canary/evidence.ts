import { MIN_NEEDLE, needlesOf, type Secret } from './secret.js'

/** A text that the program let out. */
export interface Evidence {
  /** `the output of the gateway`, `response 17` */
  readonly where: string
  readonly text: string
  /** Names of the secrets allowed in this text. */
  readonly allowed?: readonly string[]
}

/** A secret where it does not belong. */
export interface Finding {
  readonly secret: string
  readonly where: string
}

interface Needle {
  readonly text: string
  /** The secret's name. */
  readonly name: string
}

/** Searches texts for secrets, in whatever order texts and secrets are added. */
export class Search {
  private readonly learnt = new Set<string>()
  /** Search texts by their first characters, so that a text is scanned once however many there are. */
  private readonly needles = new Map<string, Needle[]>()

  /** Adds a secret to look for. */
  learn(secret: Secret): void {
    if (this.learnt.has(secret.text)) return
    this.learnt.add(secret.text)
    for (const text of needlesOf(secret)) {
      const start = text.slice(0, MIN_NEEDLE)
      const others = this.needles.get(start)
      if (others) others.push({ text, name: secret.name })
      else this.needles.set(start, [{ text, name: secret.name }])
    }
  }

  /** Number of secrets looked for. */
  get size(): number {
    return this.learnt.size
  }

  /** Findings, one per secret and place. */
  findingsIn(evidence: readonly Evidence[]): readonly Finding[] {
    return evidence.flatMap(({ where, text, allowed = [] }) => {
      const names = [...this.namesIn(text)].filter(name => !allowed.includes(name))
      return names.map(secret => ({ secret, where }))
    })
  }

  private namesIn(text: string): ReadonlySet<string> {
    const names = new Set<string>()
    for (let at = 0; at + MIN_NEEDLE <= text.length; at++) {
      for (const needle of this.needles.get(text.slice(at, at + MIN_NEEDLE)) ?? []) {
        if (text.startsWith(needle.text, at)) names.add(needle.name)
      }
    }
    return names
  }
}
