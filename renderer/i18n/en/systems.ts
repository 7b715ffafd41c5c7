export const systems = {
  comes: 'Being built',
  today: 'What you can do today',
  promise: 'What it will promise',
  chat: {
    title: 'Chat',
    lead: 'Channels and direct messages that go on when a server dies.',
    text: 'Any number of people on one machine, each in a window of their own, beside programs of the course that speak the same protocol.',
    promise: 'No acknowledged message is lost and none is doubled, and everyone reads the same order.',
    today: 'The election that will choose the chat’s leading server is the one the notary’s peers run now.',
    go: 'See an election',
  },
  ring: {
    title: 'Ring',
    lead: 'A chat with no server at all: peers find each other and close a ring.',
    text: 'Join by multicast, send around the ring, see the token travel, leave in order, or pull the plug.',
    promise:
      'Every message stands once in every peer’s history, and any peer may be killed: the ring closes by itself.',
    today:
      'Cut links and partitions already work on the notary’s peers, so you can see what a ring will have to survive.',
    go: 'Cut a link',
  },
  shop: {
    title: 'Shop',
    lead: 'A confectionery that never sells the last cupcake twice.',
    text: 'Browse, fill a cart, order with a pick-up date; change stock and prices as staff. A catalogue with three replicas stands behind it.',
    promise: 'Never sells what is not there, never orders twice, and stays open when the primary dies.',
    today: 'Slow and full disks can be tried on the notary’s peers: the same faults will meet the catalogue.',
    go: 'Try a full disk',
  },
}
