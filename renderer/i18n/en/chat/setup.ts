export const setup = {
  title: 'How the chat is set up',
  profile: 'Who answers',
  profileHint: 'A choice of the whole chat, before its first server has run.',
  profileFixed:
    'A server of this chat has run: what it keeps means nothing in the other profile. Reset the lab in the settings to choose again.',
  can: 'Promises',
  cannot: 'Cannot',
  layout: 'Proxy on one address',
  layoutHint:
    'Where both protocols have a single address: on such a machine, and on networks. They use each other’s ports the other way round.',
  layouts: { course: 'Course', account: 'Account' },
  json: 'Publications as JSON',
  jsonHint: 'For programs of the course that read JSON. Otherwise MessagePack.',
  reach: 'Programs on the network',
  reachHint:
    'Whether programs of other machines may plug in, too. Windows and servers of this lab speak on this machine only, whatever is chosen here.',
  reachOpen:
    'Anybody on your networks can then speak under any name that no password protects, and the account protocol sends passwords in clear; its bots need a token then, too. Allow it only on a network that you trust.',
  save: 'Set up so',
  saving: 'The chat is set up and starts anew. This takes some seconds.',
  restarts: 'A chat that runs starts anew with it.',
  saved: 'Done.',
  export: 'Take the data along',
  exportHint: 'Files as the course has them, from one server. Private conversations are not in them.',
  exportFrom: 'From',
  exportButton: 'Export',
  exported: 'Saved: {{names}}',
  exportNone: 'No server runs that could be asked.',
}
