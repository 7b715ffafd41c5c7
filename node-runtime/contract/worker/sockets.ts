/** A ZeroMQ socket of a node, by a name its role knows. Plain data. */
export type SocketPlan =
  /** Bound: programs ask. */
  | { readonly kind: 'router'; readonly name: string; readonly at: SocketAddress }
  /** Bound: programs serve. */
  | { readonly kind: 'dealer'; readonly name: string; readonly at: SocketAddress }
  | { readonly kind: 'publisher'; readonly name: string; readonly to: SocketAddress; readonly trust: SocketTrust }
  | { readonly kind: 'subscriber'; readonly name: string; readonly to: SocketAddress; readonly trust: SocketTrust }
  | { readonly kind: 'asker'; readonly name: string; readonly to: SocketAddress }
  /** Bound at both: what comes at `from` goes out at `to`. */
  | {
      readonly kind: 'forwarder'
      readonly name: string
      readonly from: SocketAddress
      readonly to: SocketAddress
      /** `lab`: only the plan's peers and clients get in, each by its key. */
      readonly trust: 'open' | 'lab'
    }

/** `serverKey`: the CURVE key of whoever is bound there; the node's own keys say who it is itself. */
export type SocketTrust = { readonly kind: 'open' } | { readonly kind: 'lab'; readonly serverKey: string }

export interface SocketAddress {
  readonly host: string
  readonly port: number
}
