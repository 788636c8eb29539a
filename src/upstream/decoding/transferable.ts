import { JsonNumber } from './json-number.js'

/**
 * Transferable encoding of a part of a decoded body. A structured clone of the whole body would block the receiving thread for as
 * long as it takes; chunks are small, and keep the class `JsonNumber`, which a clone would lose.
 *
 * `steps` builds the value on a stack: the low three bits are the kind of step, the others a count or an index.
 */
export interface Chunk {
  readonly steps: Uint32Array<ArrayBuffer>
  /** Texts that no chunk before had, indexed onwards: units and rates are the same on most lines of a bill. */
  readonly texts: readonly string[]
  /** Member names of objects that no chunk before had, indexed onwards. */
  readonly shapes: readonly (readonly string[])[]
  readonly isLast: boolean
}

const TEXT = 0
const JSON_NUMBER = 1
const INTEGER = 2
const CONSTANT = 3
const LIST = 4
const OBJECT = 5

const CONSTANTS = [undefined, null, false, true] as const

/** The receiver reads this many steps in a few milliseconds. */
const STEPS_PER_CHUNK = 16_384

/**
 * The chunks of a decoded body, which consists of texts, `JsonNumber`s, integers, constants, lists and plain objects.
 *
 * @throws TypeError for anything else
 */
export function* toChunks(value: unknown, stepsPerChunk = STEPS_PER_CHUNK): Generator<Chunk> {
  const writer = new ChunkWriter(stepsPerChunk)
  yield* writer.add(value)
  yield writer.take(true)
}

class ChunkWriter {
  private readonly textIndexes = new Map<string, number>()
  private readonly shapeIndexes = new Map<string, number>()
  private steps: number[] = []
  private texts: string[] = []
  private shapes: (readonly string[])[] = []

  constructor(private readonly stepsPerChunk: number) {}

  /** Adds the value, and returns each chunk as it becomes full. */
  *add(value: unknown): Generator<Chunk> {
    if (Array.isArray(value)) {
      for (const member of value) yield* this.add(member)
      this.push(LIST, value.length)
    } else if (typeof value === 'object' && value !== null && !(value instanceof JsonNumber)) {
      for (const member of Object.values(value)) yield* this.add(member)
      this.push(OBJECT, this.shapeIndex(Object.keys(value)))
    } else this.addLeaf(value)
    if (this.steps.length >= this.stepsPerChunk) yield this.take(false)
  }

  /** What was added since the last chunk. */
  take(isLast: boolean): Chunk {
    const chunk = { steps: Uint32Array.from(this.steps), texts: this.texts, shapes: this.shapes, isLast }
    this.steps = []
    this.texts = []
    this.shapes = []
    return chunk
  }

  private addLeaf(value: unknown): void {
    if (typeof value === 'string') this.push(TEXT, this.textIndex(value))
    else if (value instanceof JsonNumber) this.push(JSON_NUMBER, this.textIndex(value.text))
    else if (Number.isSafeInteger(value)) this.push(INTEGER, this.textIndex(String(value)))
    else {
      const index = CONSTANTS.indexOf(value as (typeof CONSTANTS)[number])
      if (index < 0) throw new TypeError('a decoded body holds a value that cannot be sent to another thread')
      this.push(CONSTANT, index)
    }
  }

  private push(kind: number, argument: number): void {
    this.steps.push(kind | (argument << 3))
  }

  private textIndex(text: string): number {
    const known = this.textIndexes.get(text)
    if (known !== undefined) return known
    this.texts.push(text)
    this.textIndexes.set(text, this.textIndexes.size)
    return this.textIndexes.size - 1
  }

  private shapeIndex(names: readonly string[]): number {
    const key = JSON.stringify(names)
    const known = this.shapeIndexes.get(key)
    if (known !== undefined) return known
    this.shapes.push(names)
    this.shapeIndexes.set(key, this.shapeIndexes.size)
    return this.shapeIndexes.size - 1
  }
}

/** Rebuilds a value from its chunks. */
export class ChunkReader {
  private readonly stack: unknown[] = []
  private readonly texts: string[] = []
  /** By the index of their text. They are immutable, so equal ones share one object. */
  private readonly numbers = new Map<number, JsonNumber>()
  private readonly shapes: (readonly string[])[] = []

  /** @param chunk the next one in order */
  add({ steps, texts, shapes }: Chunk): void {
    for (const text of texts) this.texts.push(text)
    for (const shape of shapes) this.shapes.push(shape)
    for (const step of steps) this.stack.push(this.build(step & 7, step >>> 3))
  }

  /** The value, after its last chunk was added. */
  value(): unknown {
    return this.stack[0]
  }

  private build(kind: number, argument: number): unknown {
    switch (kind) {
      case TEXT:
        return this.texts[argument]
      case JSON_NUMBER:
        return this.numberAt(argument)
      case INTEGER:
        return Number(this.texts[argument])
      case CONSTANT:
        return CONSTANTS[argument]
      case LIST:
        return this.stack.splice(this.stack.length - argument, argument)
      default:
        return this.object(this.shapes[argument] ?? [])
    }
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
