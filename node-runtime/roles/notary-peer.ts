import { notaryMachine } from '#cores/notary/machine'
import { notaryApi } from './notary/api/index.ts'
import { NotaryPeer } from './notary/peer.ts'
import { systemPeer } from './replicated-peer.ts'

/** A peer of the notary: its log keeps registrations, and whoever asks is answered over HTTP and over the wire. */
export const startNotaryPeer = systemPeer(({ secrets }) => ({
  machine: notaryMachine(secrets),
  isReadAnywhere: true,
  serve: (member) =>
    new NotaryPeer({
      member,
      apiOf: (service, dialect) => notaryApi({ service, dialect, sha256: secrets.sha256 }),
    }),
}))
