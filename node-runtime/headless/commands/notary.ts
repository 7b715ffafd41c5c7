import type { Command } from '../command.ts'

/** Each loaded when it is the one: a check of a receipt waits for nothing that only a lab needs. */
const verbs = {
  register: async () => (await import('./notary/register.ts')).register,
  status: async () => (await import('./notary/status.ts')).status,
  dialect: async () => (await import('./notary/dialect.ts')).dialect,
  peers: async () => (await import('./notary/peers.ts')).peers,
  list: async () => (await import('./notary/list.ts')).list,
  receipt: async () => (await import('./notary/receipt.ts')).receipt,
  certificate: async () => (await import('./notary/certificate.ts')).certificate,
  policy: async () => (await import('./notary/policy.ts')).policy,
  chain: async () => (await import('./notary/chain.ts')).chain,
  examine: async () => (await import('./notary/examine.ts')).examine,
  tamper: async () => (await import('./notary/tamper.ts')).tamper,
  repair: async () => (await import('./notary/repair.ts')).repair,
  verify: async () => (await import('./notary/verify.ts')).verify,
} as const satisfies Record<string, () => Promise<Command>>

const text = { type: 'string' } as const

/** One word for the system, the next for what is done with it. */
export const notary: Command = {
  // Of all verbs together: which one it is stands among the words that are read with them.
  options: { registrant: text, before: text, limit: text, from: text, out: text, receipt: text, policy: text },
  async run({ plain, named }, around) {
    const [word, ...rest] = plain
    const verb = isVerb(word) ? await verbs[word]() : null
    const foreign = verb === null ? undefined : Object.keys(named).find((name) => isOfAnother(name, verb))
    if (verb === null || foreign !== undefined) {
      const asked = [word, foreign === undefined ? undefined : `--${foreign}`].filter((part) => part !== undefined)
      return around.terminal.misunderstand(`notary ${asked.join(' ')}?`)
    }
    return verb.run({ plain: rest, named }, around)
  },
}

function isVerb(word: string | undefined): word is keyof typeof verbs {
  return word !== undefined && Object.hasOwn(verbs, word)
}

/** One that another verb has is a slip all the same. */
function isOfAnother(name: string, verb: Command): boolean {
  return !Object.hasOwn(verb.options, name) && Object.hasOwn(notary.options, name)
}
