import { parseArgs } from 'node:util'
import { chat } from './chat.ts'
import { failover } from './failover.ts'
import { type Bench, table } from './figures.ts'
import { notary } from './notary.ts'
import { raft } from './raft.ts'
import { ring } from './ring.ts'
import { shop } from './shop.ts'
import { startup } from './startup.ts'

const benches: Readonly<Record<string, Bench>> = { chat, failover, notary, raft, ring, shop, startup }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
})
const names = positionals.length === 0 ? Object.keys(benches) : positionals
const unknown = names.filter((name) => benches[name] === undefined)
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
for (const name of names) {
  const figures = (await benches[name]?.({ isQuick: values.quick })) ?? []
  if (values.json) for (const figure of figures) console.log(JSON.stringify(figure))
  else console.log(`${name}\n${table(figures)}\n`)
}
