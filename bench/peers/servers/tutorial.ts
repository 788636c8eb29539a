// Apollo Server, type-graphql and fast-xml-parser, as a person would write it in an afternoon after their tutorials.
import 'reflect-metadata'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { XMLParser } from 'fast-xml-parser'
import { Arg, buildSchema, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql'

const upstream = process.env.UPSTREAM
const isXml = process.env.FORMAT === 'xml'

@ObjectType()
class Party {
  @Field(() => ID, { nullable: true })
  id?: string

  @Field(() => String, { nullable: true })
  name?: string
}

@ObjectType()
class LineItem {
  @Field(() => ID, { nullable: true })
  id?: string

  @Field(() => String, { nullable: true })
  name?: string

  @Field(() => String, { nullable: true })
  cost?: string
}

@ObjectType()
class Invoice {
  @Field(() => ID, { nullable: true })
  id?: string

  @Field(() => String, { nullable: true })
  friendlyId?: string

  @Field(() => String, { nullable: true })
  state?: string

  @Field(() => String, { nullable: true })
  currency?: string

  @Field(() => String, { nullable: true })
  cost?: string

  @Field(() => String, { nullable: true })
  costWithoutVat?: string

  @Field(() => Party, { nullable: true })
  buyer?: Party

  @Field(() => [LineItem], { nullable: true })
  lineItems?: LineItem[]
}

@ObjectType()
class BillLine {
  @Field(() => String, { nullable: true })
  name?: string

  @Field(() => String, { nullable: true })
  cost?: string
}

@ObjectType()
class Bill {
  @Field(() => String, { nullable: true })
  total?: string

  all: BillLine[] = []
}

const parser = new XMLParser({
  ignoreAttributes: false,
  isArray: name => name === 'invoice' || name === 'line-item',
})

// biome-ignore lint/suspicious/noExplicitAny: this is how an afternoon's program reads a document.
type Document = any

@Resolver()
class InvoiceResolver {
  @Query(() => [Invoice])
  async invoices(@Arg('buyerId', () => ID) buyerId: string): Promise<Invoice[]> {
    if (!isXml) return (await fetch(`${upstream}/twin/${buyerId}.json`)).json() as Promise<Invoice[]>
    const response = await fetch(`${upstream}/api/accounts/${buyerId}/invoices.xml`)
    const document: Document = parser.parse(await response.text())
    return document.invoices.invoice.map((invoice: Document) => ({
      id: invoice.id,
      friendlyId: invoice.friendly_id,
      state: invoice.state,
      currency: invoice.currency,
      cost: String(invoice.cost),
      costWithoutVat: String(invoice.cost_without_vat),
      buyer: { id: invoice.buyer.id, name: invoice.buyer.org_name },
      lineItems: invoice['line-items']['line-item'].map((line: Document) => ({
        id: line.id,
        name: line.name,
        cost: String(line.cost),
      })),
    }))
  }
}

async function readBill(projectId: string): Promise<Bill> {
  const response = await fetch(`${upstream}/bills/${projectId}.json`)
  const { invoices }: Document = await response.json()
  const [bill]: Document[] = Object.values(invoices)
  const all: BillLine[] = []
  for (const category of Object.values<Document>(bill.details)) {
    for (const lines of Object.values<Document>(category.breakdown)) {
      for (const line of lines) all.push({ name: line.resource_name, cost: line.cost.toFixed(2) })
    }
  }
  return { total: bill.total_cost.toFixed(2), all }
}

@Resolver(() => Bill)
class BillResolver {
  @Query(() => Bill)
  bill(@Arg('projectId', () => ID) projectId: string): Promise<Bill> {
    return readBill(projectId)
  }

  @Query(() => String)
  async customerCost(
    @Arg('projectId', () => ID) projectId: string,
    @Arg('prefix', () => String) prefix: string,
  ): Promise<string> {
    const { all } = await readBill(projectId)
    const matching = all.filter(line => line.name?.startsWith(prefix))
    return matching.reduce((sum, line) => sum + Number(line.cost), 0).toFixed(2)
  }

  @FieldResolver(() => [BillLine])
  lines(@Root() bill: Bill, @Arg('first', () => Int) first: number): BillLine[] {
    return bill.all.slice(0, first)
  }
}

const schema = await buildSchema({ resolvers: [InvoiceResolver, BillResolver] })
const server = new ApolloServer({ schema })
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } })
