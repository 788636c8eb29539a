import { MIN_NEEDLE, needlesOf, type Secret } from './secret.js'

/** Something that the program let out. */
export interface Evidence {
  /** `the output of the gateway`, `answer 17` */
  readonly where: string
  readonly text: string
  /** Names of the secrets that belong there. */
  readonly rightful?: readonly string[]
}

/** A secret where it does not belong. */
export interface Finding {
  readonly secret: string
  readonly where: string
}

interface Needle {
  readonly text: string
  /** The secret's. */
  readonly name: string
}

/** Looks for secrets in everything that it is given, whichever came first. */
export class Search {
  private readonly learnt = new Set<string>()
  /** By their first characters, so that a text is gone through once, however many there are. */
  private readonly needles = new Map<string, Needle[]>()

  /** From now on it is looked for. */
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

  /** How many are looked for. */
  get size(): number {
    return this.learnt.size
  }

  /** Each secret once for each place. */
  findingsIn(evidence: readonly Evidence[]): readonly Finding[] {
    return evidence.flatMap(({ where, text, rightful = [] }) => {
      const names = [...this.namesIn(text)].filter(name => !rightful.includes(name))
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
