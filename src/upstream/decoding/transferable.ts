import { JsonNumber } from './json.js'

/**
 * A part of a decoded answer on its way from one thread to another. A structured clone of the whole would block the
 * receiver for as long as it takes; parcels are small, and carry what a clone would lose: `JsonNumber`.
 *
 * `steps` builds the value on a stack: the low three bits say what, the others how many or which one.
 */
export interface Parcel {
  readonly steps: Uint32Array<ArrayBuffer>
  /** Texts that were not in a parcel before, numbered onwards: on bills, units and rates are the same line for line. */
  readonly texts: readonly string[]
  /** Member names of objects that were not in a parcel before, numbered onwards. */
  readonly shapes: readonly (readonly string[])[]
  readonly isLast: boolean
}

const TEXT = 0
const JSON_NUMBER = 1
const COUNT = 2
const CONSTANT = 3
const LIST = 4
const OBJECT = 5

const CONSTANTS = [undefined, null, false, true] as const

/** So many steps take a few milliseconds to unpack. */
const STEPS_A_PARCEL = 16_384

/**
 * A decoded answer in parcels: texts, `JsonNumber`s, whole numbers, constants, lists and plain objects of them.
 *
 * @throws TypeError for anything else
 */
export function* pack(value: unknown, stepsEach = STEPS_A_PARCEL): Generator<Parcel> {
  const textNumbers = new Map<string, number>()
  const shapeNumbers = new Map<string, number>()
  let steps: number[] = []
  let texts: string[] = []
  let shapes: (readonly string[])[] = []

  const take = (isLast: boolean): Parcel => {
    const parcel = { steps: Uint32Array.from(steps), texts, shapes, isLast }
    steps = []
    texts = []
    shapes = []
    return parcel
  }
  const addText = (kind: number, text: string): void => {
    let index = textNumbers.get(text)
    if (index === undefined) {
      index = textNumbers.size
      textNumbers.set(text, index)
      texts.push(text)
    }
    steps.push(kind | (index << 3))
  }
  const shapeOf = (names: readonly string[]): number => {
    const id = JSON.stringify(names)
    const known = shapeNumbers.get(id)
    if (known !== undefined) return known
    shapes.push(names)
    shapeNumbers.set(id, shapeNumbers.size)
    return shapeNumbers.size - 1
  }
  function* add(part: unknown): Generator<Parcel> {
    if (typeof part === 'string') addText(TEXT, part)
    else if (part instanceof JsonNumber) addText(JSON_NUMBER, part.text)
    else if (Number.isSafeInteger(part)) addText(COUNT, String(part))
    else if (Array.isArray(part)) {
      for (const member of part) yield* add(member)
      steps.push(LIST | (part.length << 3))
    } else if (typeof part === 'object' && part !== null) {
      for (const member of Object.values(part)) yield* add(member)
      steps.push(OBJECT | (shapeOf(Object.keys(part)) << 3))
    } else {
      const index = CONSTANTS.indexOf(part as (typeof CONSTANTS)[number])
      if (index < 0) throw new TypeError('this cannot be sent to another thread')
      steps.push(CONSTANT | (index << 3))
    }
    if (steps.length >= stepsEach) yield take(false)
  }

  yield* add(value)
  yield take(true)
}

/** Puts the value together again, parcel by parcel. */
export class Unpacking {
  private readonly stack: unknown[] = []
  private readonly texts: string[] = []
  /** By the number of their text; they never change, so equal ones are one. */
  private readonly numbers = new Map<number, JsonNumber>()
  private readonly shapes: (readonly string[])[] = []

  /** @param parcel the next one in order */
  add({ steps, texts, shapes }: Parcel): void {
    for (const text of texts) this.texts.push(text)
    for (const shape of shapes) this.shapes.push(shape)
    for (const step of steps) {
      const count = step >>> 3
      switch (step & 7) {
        case TEXT:
          this.stack.push(this.texts[count])
          break
        case JSON_NUMBER:
          this.stack.push(this.numberAt(count))
          break
        case COUNT:
          this.stack.push(Number(this.texts[count]))
          break
        case CONSTANT:
          this.stack.push(CONSTANTS[count])
          break
        case LIST:
          this.stack.push(this.stack.splice(this.stack.length - count, count))
          break
        case OBJECT:
          this.stack.push(this.object(this.shapes[count] ?? []))
          break
      }
    }
  }

  /** The value, once its last parcel was added. */
  value(): unknown {
    return this.stack[0]
  }

  private numberAt(index: number): JsonNumber {
    const known = this.numbers.get(index)
    if (known) return known
    const number = new JsonNumber(this.texts[index] ?? '')
    this.numbers.set(index, number)
    return number
  }

  private object(names: readonly string[]): object {
    const first = this.stack.length - names.length
    const object: Record<string, unknown> = {}
    for (let index = 0; index < names.length; index++) object[names[index] ?? ''] = this.stack[first + index]
    this.stack.length = first
    return object
  }
}
