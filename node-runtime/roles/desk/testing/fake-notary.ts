import type { RecordView } from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'
import type { EndpointRequest } from '#ports/endpoint'
import type { WholeAnswer } from '../../api-codec.ts'

/** How a peer behaves. `mute` does what it is asked and says nothing; `deaf` does not even hear. */
export type Mood = 'well' | 'mute' | 'deaf' | 'busy' | 'garbage' | 'liar' | 'refuses'

interface Wanted {
  readonly id: string
  readonly document?: string
  readonly sha256?: string
  readonly bytes?: number
  readonly title: string
  readonly registrant: string
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A notary in memory, with one register and several peers that may lead, lie or be silent. Not a proof in it. */
export class FakeNotary {
  readonly peers: readonly NodeId[]
  readonly records: RecordView[] = []
  readonly moods = new Map<NodeId, Mood>()
  /** Registrations that reached somebody who carried them out, by id, also when they were known already. */
  readonly asked: string[] = []
  readonly batches: number[] = []
  leader: NodeId | null
  witnessedSize = 0
  policy = 'policy 1\n'
  #byId = new Map<string, RecordView>()

  constructor(peers: readonly NodeId[]) {
    this.peers = peers
    this.leader = peers[0] ?? null
  }

  /** null: nothing is ever said. */
  answer(self: NodeId, request: EndpointRequest): WholeAnswer | null {
    switch (this.moods.get(self) ?? 'well') {
      case 'deaf':
        return null
      case 'mute':
        this.#honest(self, request)
        return null
      case 'busy':
        return json(503, { code: 'busy' })
      case 'garbage':
        return { status: 200, headers: {}, body: encoder.encode('{"outcomes": [[[') }
      case 'liar':
        return json(200, {
          outcomes: this.#wanted(request).map(() => ({ kind: 'registered', record: record(7, 'f') })),
        })
      case 'refuses':
        return json(400, { code: 'bad-request', detail: 'no' })
      case 'well':
        return this.#honest(self, request)
    }
  }

  #honest(self: NodeId, request: EndpointRequest): WholeAnswer {
    const { method, path, query } = request
    if (method === 'POST') return this.#register(self, this.#wanted(request))
    const size = this.records.length
    switch (path) {
      case '/api/v1/status': {
        const { witnessedSize, leader } = this
        return json(200, { origin: 'o', size, root: hash('1'), head: hash('2'), leader, witnessedSize })
      }
      case '/api/v1/policy':
        return { status: 200, headers: {}, body: encoder.encode(this.policy) }
      case '/api/v1/members':
        return json(200, {
          members: this.peers.map((nodeId) => ({ nodeId, address: `127.0.0.1:5001`, isVoter: true })),
        })
      case '/api/v1/documents': {
        const sha256 = query.get('sha256')
        const records = this.records.filter((known) => sha256 === undefined || known.sha256 === sha256)
        return json(200, { records, next: null, size }, { 'colmeia-node': self, 'colmeia-lag-entries': '3' })
      }
      case '/api/v1/chain':
        return json(200, { records: this.records, breaks: [], broken: null, next: null, size })
      default:
        return json(404, { code: 'not-found' })
    }
  }

  #register(self: NodeId, wanted: readonly Wanted[]): WholeAnswer {
    if (self !== this.leader) {
      const leader = this.leader === null ? null : { nodeId: this.leader, address: '' }
      return json(403, { code: 'not-leader', leader })
    }
    // One that nobody could take spoils the whole batch, as with a peer that checks the shape of everything first.
    if (wanted.some(({ title }) => title === 'spoilt')) return json(400, { code: 'bad-request', detail: 'spoilt' })
    this.batches.push(wanted.length)
    return json(201, { size: this.records.length, outcomes: wanted.map((one) => this.#one(one)) })
  }

  #one({ id, document, sha256, bytes, title, registrant }: Wanted): object {
    this.asked.push(id)
    const known = this.#byId.get(id)
    if (known !== undefined) return { kind: 'same-id', record: known }
    if (title === 'unwanted') return { kind: 'refused', why: 'malformed' }
    const same = this.records.find((other) =>
      sha256 === undefined ? other.text === document : other.sha256 === sha256,
    )
    if (same !== undefined) return { kind: 'same-document', record: same }
    const kind = sha256 === undefined ? 'text' : 'file'
    const made: RecordView = {
      ...record(this.records.length, 'a'),
      kind,
      text: document ?? null,
      sha256: sha256 ?? hash('9'),
      bytes: bytes ?? null,
      title,
      registrant,
    }
    this.records.push(made)
    this.#byId.set(id, made)
    return { kind: 'registered', record: made }
  }

  #wanted({ body, method }: EndpointRequest): readonly Wanted[] {
    if (method !== 'POST') return []
    const said = JSON.parse(decoder.decode(body)) as { readonly registrations: readonly Wanted[] } // the desk's own words
    return said.registrations
  }
}

export function hash(letter: string): string {
  return letter.repeat(64)
}

export function record(index: number, letter: string): RecordView {
  return {
    index,
    kind: 'file',
    text: null,
    sha256: hash(letter),
    bytes: 1,
    title: 't',
    registrant: 'r',
    atMs: 1_700_000_000_000,
    errorMs: 2,
    leader: 'a' as NodeId,
    term: 1,
    previousHash: hash('b'),
    hash: hash('c'),
    computedHash: hash('c'),
  }
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WholeAnswer {
  return { status, headers, body: encoder.encode(JSON.stringify(value)) }
}
