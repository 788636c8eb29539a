import type { StandInRequest } from '../../src/standin/handler.js'
import { Random } from '../fuzz/random.js'
import { ExpectedRights } from './expected-rights.js'
import type { MarkedGateway } from './marked-gateway.js'
import type { RequestContext } from './principals.js'
import { type MutationField, type RandomMutation, randomMutation } from './random-mutation.js'

/** Size and start of a run. */
export interface WriteWalkOptions {
  readonly gateway: MarkedGateway
  readonly callers: readonly RequestContext[]
  readonly seed: number
  readonly count: number
  /** Stops at the first finding. */
  readonly isHasty?: boolean
}

/** Result of a run. */
export interface WriteWalkReport {
  readonly findings: string[]
  /** Mutations that wrote, that were refused for the scope, and that named a record which the caller may not see. */
  readonly counts: { done: number; forbidden: number; foreign: number; planned: number; incidents: number }
}

interface Sent {
  readonly caller: RequestContext
  readonly mutation: RandomMutation
  readonly key: string
}

/** Members of a payload that are looked at. */
interface Payload {
  readonly userErrors: readonly { readonly code: string }[]
  readonly planHash?: string | null
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
}

/** One in this many writes has a response that is not what was sent: an incident. */
const MISMATCH_EVERY = 5
/** Texts of the data without the numbers: new records have ids of no buyer. */
const NUMBERS = /\d{4,}/g

/**
 * Sends random mutations of random callers, some of two callers at once, and checks what 3scale is sent, what the callers are told, and
 * whose writes they see afterwards.
 */
export async function walkWrites(options: WriteWalkOptions): Promise<WriteWalkReport> {
  const walker = new WriteWalker(options)
  const enough = options.isHasty ? 1 : 5
  for (let index = 0; index < options.count && walker.report.findings.length < enough; index++) {
    await walker.step(index)
  }
  return walker.report
}

class WriteWalker {
  readonly report: WriteWalkReport = {
    findings: [],
    counts: { done: 0, forbidden: 0, foreign: 0, planned: 0, incidents: 0 },
  }
  private readonly rights: ReadonlyMap<RequestContext, ExpectedRights>
  /** What each caller has sent: its keys by mutation, and their inputs. */
  private readonly inputs = new Map<string, string>()
  private readonly sent: Sent[] = []
  /** The buyers whose records 3scale was asked to change in this step, by their account ids. */
  private written: string[] = []
  private isMismatched = false

  constructor(private readonly options: WriteWalkOptions) {
    this.rights = new Map(options.callers.map(caller => [caller, new ExpectedRights(caller.granted)]))
    options.gateway.threescale.intercept = request => this.receive(request)
  }

  async step(index: number): Promise<void> {
    const { gateway, callers, seed } = this.options
    const random = new Random(seed, index)
    const [first, second] = [random.pickAny(callers), random.pickAny(callers)]
    if (!first || !second) return
    gateway.advance(200)
    const next = this.draw(random, index)
    this.isMismatched = random.onceIn(MISMATCH_EVERY)
    this.written = []
    const senders = first !== second && random.onceIn(4) ? [first, second] : [first]
    const note = (what: string): void => {
      const input = JSON.stringify(next.mutation.input)
      this.report.findings.push(`seed ${seed}, write ${index}: ${what}\n${next.mutation.field} ${next.key} ${input}`)
    }
    await Promise.all(senders.map(caller => this.write({ ...next, caller }, senders.length === 1, note)))
    const mayWrite = (account: string): boolean =>
      senders.some(caller => canWrite(caller) && this.rights.get(caller)?.mayRead(account) === true)
    for (const account of this.written.filter(one => !mayWrite(one))) note(`a record of ${account} was changed`)
    await this.readBack(random, random.onceIn(2) ? first : second, note)
  }

  /** A mutation with a new key, or with one that was used before, by the same caller or another. */
  private draw(random: Random, index: number): Omit<Sent, 'caller'> {
    const used = random.onceIn(3) ? random.pickAny(this.sent) : undefined
    const mutation = used && random.onceIn(2) ? used.mutation : randomMutation(random, index)
    return { mutation, key: used?.key ?? `key-${index}-of-a-caller` }
  }

  private async write(sent: Sent, isAlone: boolean, note: (what: string) => void): Promise<void> {
    const { caller, mutation, key } = sent
    const { field } = mutation
    const rights = this.rights.get(caller)
    if (!rights) return
    const before = this.sentInput(caller, field, key)
    const calls = this.options.gateway.calls()
    const answer = await this.mutate(sent)
    const payload = answer.data?.[field] as Payload | null | undefined
    const codes = [...(answer.errors ?? []).map(({ extensions }) => extensions.code), ...codesOf(payload)]
    const isUntouched = !isAlone || this.options.gateway.calls() === calls
    const expectUntouched = (what: string): void => {
      if (!isUntouched) note(`${caller.name}: ${what}, and an upstream was called`)
    }
    this.checkText(caller, answer, note)
    if (!canWrite(caller)) {
      this.report.counts.forbidden++
      if (codes.join() !== 'FORBIDDEN') note(`${caller.name} has not the scope to write: ${codes.join() || 'done'}`)
      expectUntouched('without the scope')
      return
    }
    if (codes.includes('IDEMPOTENCY_KEY_REUSED')) {
      if (before === undefined) note(`${caller.name} is told that another caller's key was used`)
      expectUntouched('a used key')
      return
    }
    if (field === 'resolveIncident') {
      if (codes.length === 0 && !this.mayDecide(caller, key))
        note(`${caller.name} has resolved another caller's incident`)
      return
    }
    if (!this.maySee(rights, mutation)) {
      this.report.counts.foreign++
      if (!['NOT_FOUND', 'NOT_REGISTERED'].includes(codes.join()))
        note(`${caller.name} may not see the record: ${codes.join() || 'done'}`)
      if (mutation.customer !== undefined || field === 'createInvoice') expectUntouched('a record of another')
      return
    }
    if (codes.length > 0) return
    this.report.counts.done++
    const { writeIntent } = (await this.ask(caller, WRITE_INTENT, { key })).data ?? {}
    if (!writeIntent && field !== 'onCharge') note(`${caller.name} was told of a write that is not its own`)
  }

  /** Sends it; a run of an on-charge after its dry run. */
  private async mutate(sent: Sent): Promise<Answer> {
    const { caller, mutation, key } = sent
    const { field, input } = mutation
    const named = field === 'resolveIncident' ? { ...input, key } : { ...input, idempotencyKey: key }
    this.inputs.set(JSON.stringify([caller.name, field, key]), JSON.stringify(input))
    this.sent.push(sent)
    const first = await this.ask(caller, DOCUMENTS[field], { input: named })
    const hash = (first.data?.[field] as Payload | null | undefined)?.planHash
    if (field !== 'onCharge' || hash == null) return first
    this.report.counts.planned++
    return this.ask(caller, DOCUMENTS[field], { input: { ...named, dryRun: false, expectedPlanHash: hash } })
  }

  /** Nobody sees a write of another caller, by its key or among the incidents. */
  private async readBack(random: Random, caller: RequestContext, note: (what: string) => void): Promise<void> {
    const key = random.pickAny(this.sent)?.key ?? ''
    const answer = await this.ask(caller, READ_BACK, { key })
    this.checkText(caller, answer, note)
    if (!canWrite(caller)) {
      if (answer.data?.writeIntent || answer.data?.incidents) note(`${caller.name} is shown writes without the scope`)
      return
    }
    const isOwn = (shown: string): boolean =>
      this.sent.some(({ caller: { name }, key: own }) => name === caller.name && own === shown)
    if (answer.data?.writeIntent && !isOwn(key)) note(`${caller.name} is shown the write of another caller, ${key}`)
    const incidents = (answer.data?.incidents ?? []) as readonly { readonly key: string }[]
    this.report.counts.incidents += incidents.length
    const foreign = incidents.find(one => !this.mayDecide(caller, one.key))
    if (foreign) note(`${caller.name} is shown the incident of another caller, ${foreign.key}`)
  }

  private mayDecide(caller: RequestContext, key: string): boolean {
    const { scopes, buyers } = caller.granted
    // The steps of an on-charge have keys of their own, made of the run's.
    const isStep = !key.startsWith('key-')
    const isOwn = this.sent.some(({ caller: { name }, key: own, mutation: { field } }) => {
      return name === caller.name && (isStep ? field === 'onCharge' : own === key && field !== 'resolveIncident')
    })
    return isOwn || (scopes.includes('admin') && buyers === '*')
  }

  private maySee(rights: ExpectedRights, { buyer, customer }: RandomMutation): boolean {
    const seesBuyer = buyer === null || rights.mayRead(`by${buyer}`)
    return seesBuyer && (customer === undefined || rights.mayChargeFor(customer))
  }

  private sentInput({ name }: RequestContext, field: MutationField, key: string): string | undefined {
    return this.inputs.get(JSON.stringify([name, field, key]))
  }

  /** No text of the answer names an owner that the caller may not see. */
  private checkText(caller: RequestContext, answer: Answer, note: (what: string) => void): void {
    const text = JSON.stringify(answer.data ?? {}).replaceAll(NUMBERS, '')
    if (this.rights.get(caller)?.mayRead(text) !== true) note(`${caller.name} is shown ${text.slice(0, 400)}`)
  }

  private async ask(caller: RequestContext, query: string, variables: object): Promise<Answer> {
    return (await this.options.gateway.send(caller.key.text, { query, variables })).body as Answer
  }

  /** Notes whose record a write changes. */
  private async receive(request: StandInRequest) {
    if (request.method === 'GET') return undefined
    const { threescale } = this.options.gateway
    const [, invoiceId] = /^\/api\/invoices\/(\d+)/.exec(request.path) ?? []
    const invoice = threescale.data.invoices.find(({ id }) => String(id) === invoiceId)
    this.written.push(String(invoice?.buyerId ?? new URLSearchParams(request.body).get('account_id')))
    if (!this.isMismatched) return undefined
    const { status, headers, body } = await threescale.handle(request)
    const other = String(body ?? '')
      .replace(/<id>\d+</, '<id>7<')
      .replace(/<name>[^<]*</, '<name>other<')
    return { status, ...(headers && { headers }), body: other }
  }
}

function canWrite({ granted: { scopes } }: RequestContext): boolean {
  return scopes.includes('admin') || scopes.includes('billing:write')
}

function codesOf(payload: Payload | null | undefined): readonly string[] {
  return (payload?.userErrors ?? []).map(({ code }) => code)
}

const INVOICE = 'invoice { id buyer { id name } }'
const ERRORS = 'userErrors { code field message }'
const INTENT = `{ key operation state message ${INVOICE} }`
const READ_BACK = `query($key: String!) { writeIntent(key: $key) ${INTENT} incidents ${INTENT} }`
const WRITE_INTENT = 'query($key: String!) { writeIntent(key: $key) { state } }'

const SELECTIONS: Readonly<Record<MutationField, string>> = {
  createInvoice: INVOICE,
  updateInvoice: INVOICE,
  setInvoiceState: INVOICE,
  chargeInvoice: INVOICE,
  addLineItem: `${INVOICE} lineItem { id name }`,
  removeLineItem: INVOICE,
  onCharge: `${INVOICE} plan { name action cost { amount } } planHash total { amount } notices { message }`,
  resolveIncident: `intent ${INTENT}`,
}

const DOCUMENTS = Object.fromEntries(
  Object.entries(SELECTIONS).map(([field, selection]) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    return [field, `mutation($input: ${type}!) { ${field}(input: $input) { ${selection} ${ERRORS} } }`]
  }),
) as Readonly<Record<MutationField, string>>
