import { notaryMachine } from '#cores/notary/machine'
import { endpointProblems } from '#ports/endpoint'
import { NotaryPeer } from './notary/peer.ts'
import { systemPeer } from './replicated-peer.ts'

/** A peer of the notary: its log keeps registrations, and whoever asks is answered over HTTP and over the wire. */
export const startNotaryPeer = systemPeer(({ secrets }) => ({
  machine: notaryMachine(secrets),
  serve: (member) => new NotaryPeer({ member, apiOf: () => (_, answer) => answer(endpointProblems.noHandler) }),
}))
