import { enter } from './enter.ts'
import { programs } from './programs.ts'
import { setup } from './setup.ts'
import { side } from './side.ts'
import { talk } from './talk.ts'

export const chat = {
  title: 'Chat',
  none: 'This lab has no chat. Reset the lab in the settings to get one.',
  stoppedTitle: 'The chat does not run',
  stoppedText: 'Start it, and its servers choose a leader and take messages.',
  start: 'Start the chat',
  deskDown: 'The desk does not run: people use the chat through it.',
  startDesk: 'Start the desk',
  parts: { talk: 'Talk', programs: 'Plug in your program', settings: 'Set-up' },
  profileIs: 'Profile: {{name}}',
  standing: {
    led: '{{leader}} leads',
    open: 'Every server answers',
    silentFor: 'The chat has not answered for {{time}}: messages wait in order.',
    untold: 'The proxy is silent: what is new comes a little later.',
    waiting_zero: 'Nothing waits',
    waiting_one: '{{count, number}} message waits',
    waiting_other: '{{count, number}} messages wait',
  },
  promises: {
    leader: {
      name: 'Leader',
      can: 'What was answered is on the disks of a majority: it is not lost, not doubled, and stands in the same order for everyone.',
      cannot: 'Without a majority nothing is taken; messages wait here until there is one.',
    },
    everyone: {
      name: 'Everyone',
      can: 'Each server answers by itself, also alone, and in calm all of them end with the same messages in the same order.',
      cannot:
        'What was answered is on one disk, and is lost with it; a message may later be inserted above others, and there are no passwords, private channels, edits or reactions.',
    },
  },
  refusals: {
    'name-taken': 'somebody or something has this name already',
    'name-not-allowed': 'this name cannot be used',
    'unknown-user': 'there is nobody of this name',
    'unknown-channel': 'there is no such channel',
    'unknown-message': 'the message it answers is not there any more',
    'not-a-member': 'you are not in this conversation any more',
    'not-yours': 'it belongs to somebody else',
    'protected-name': 'a password protects this name',
    locked: 'somebody else holds the lock',
    'too-long': 'it is longer than 10,000 characters',
    empty: 'it says nothing',
    'too-many': 'there are as many as there may be',
    malformed: 'the chat could not make sense of it',
  },
  refusedOther: 'the chat does not take it (code {{why}})',
  palette: {
    group: 'Chat',
    open: 'Open {{name}}',
    search: 'Search messages',
    searchFor: 'Search messages for “{{query}}”',
    enter: 'Sign in as somebody else in a new window',
    programs: 'Plug in your program',
    windowOf: 'Open the window of {{user}}',
    stamps: 'Show or hide Lamport stamps',
  },
  enter,
  programs,
  setup,
  side,
  talk,
}
