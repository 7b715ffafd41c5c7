import type { FailureCode } from '#kit/failures'

/** What a person reads for a code: what happened, and what to try. The type keeps the list complete. */
export const failures: Record<FailureCode, { title: string; hint: string }> = {
  'not-leader': {
    title: 'This node does not lead at the moment.',
    hint: 'Ask the node that does, or wait for the election to end.',
  },
  'timed-out': {
    title: 'There was no answer in time.',
    hint: 'It may have happened all the same. Look before you try again.',
  },
  busy: { title: 'Too much is waiting already.', hint: 'Nothing was done. Try again in a moment.' },
  'not-ready': { title: 'That is not ready yet.', hint: 'It is being made or caught up on. Try again in a moment.' },
  'not-found': { title: 'There is nothing of this name or number.', hint: 'Look at the list, then ask again.' },
  'answer-forgotten': {
    title: 'This command is too old: its answer is no longer kept.',
    hint: 'It was not carried out now, and it or a later one was before. Look at what there is before you go on.',
  },
  'session-expired': {
    title: 'The session has ended: it was silent for too long, or newer ones took its place.',
    hint: 'Nothing was carried out now. Open another session, and look first what became of its last command.',
  },
  'too-large': { title: 'That is more than fits in one go.', hint: 'Send less at a time.' },
  'node-down': { title: 'The node does not run.', hint: 'Start it, then try again.' },
  'worker-crashed': {
    title: 'The process of the node ended in the middle of this.',
    hint: 'It comes back by itself. Look at its log to see what happened.',
  },
  'unknown-role': {
    title: 'This version does not know what the node is meant to be.',
    hint: 'The lab may be from another version. Update the program or reset the lab.',
  },
  'worker-not-ready': {
    title: 'A process was started but never said that it is ready.',
    hint: 'The machine may be overloaded. Start the node again.',
  },
  'worker-protocol': {
    title: 'A process speaks another version than this program.',
    hint: 'Build or install the program again, as a whole.',
  },
  'port-taken': {
    title: 'Another program uses the network port of this node.',
    hint: 'Close that program and start the node, or reset the lab for new ports.',
  },
  'no-interface': {
    title: 'The network that the ring was to use is not there.',
    hint: 'Connect this machine to it, or choose another one for the ring.',
  },
  'store-damaged': {
    title: 'The file of this node does not hold what was written into it.',
    hint: 'It was left as it is, and only this node is down. To begin it anew by itself, move every file whose name begins with node.sqlite out of its folder (nodes/ and its name, in the folder of the lab), then start it. What only it kept goes with them.',
  },
  'store-newer': {
    title: 'The file of this node was written by a newer version.',
    hint: 'It was left as it is. Use the newer version to open it.',
  },
  'no-permission': {
    title: 'The program may not read or write in its folder.',
    hint: 'Give your user access to the data folder shown in the settings.',
  },
  'disk-full': {
    title: 'The disk takes nothing more.',
    hint: 'Nothing was changed. Free some space, or clear the full-disk fault.',
  },
  'lab-damaged': {
    title: 'The description of this lab cannot be read.',
    hint: 'It was left as it is. Mend the file lab.json, or reset the lab.',
  },
  'lab-in-use': { title: 'Another Colmeia already runs this lab.', hint: 'Use that one, or close it first.' },
  'lab-not-running': { title: 'No Colmeia runs this lab.', hint: 'Start it, then try again.' },
  'settings-damaged': {
    title: 'The settings could not be read.',
    hint: 'They were put aside, and the usual ones are in use.',
  },
  'unknown-cluster': {
    title: 'The lab has no cluster of this name.',
    hint: 'It may have been removed. Look at the overview.',
  },
  'unknown-node': {
    title: 'The lab has no node of this name.',
    hint: 'It may have been removed. Look at the overview.',
  },
  'unknown-fault': {
    title: 'This fault is not active any more.',
    hint: 'It may have ended by itself. There is nothing left to clear.',
  },
  'unknown-table': { title: 'The node keeps no table of this name.', hint: 'Read the list of tables again.' },
  'does-not-apply': {
    title: 'This makes no sense for what was chosen.',
    hint: 'A link needs two different nodes, for example. Choose again.',
  },
  'not-signed-in': {
    title: 'You are not signed in.',
    hint: 'Name and password do not match, or the session has ended. Sign in again.',
  },
  'too-weak': {
    title: 'This password is too easy to guess.',
    hint: 'Choose one of at least eight characters that is not your name.',
  },
  'name-taken': {
    title: 'Somebody or something has this name already.',
    hint: 'Users and channels share their names. Choose another one.',
  },
  'name-not-allowed': {
    title: 'This name cannot be used.',
    hint: 'It is empty, too long, reserved, or has characters that names may not have. Choose another one.',
  },
  'protected-name': {
    title: 'A password protects this name.',
    hint: 'Programs that have no passwords cannot use it. Give them another name.',
  },
  'unknown-user': {
    title: 'The chat has nobody of this name.',
    hint: 'Look at the list of people; names differ by upper and lower case.',
  },
  'unknown-channel': {
    title: 'The chat has no such channel.',
    hint: 'It may be private, or have another name. Look at the list of channels.',
  },
  'not-a-member': {
    title: 'Only members of this conversation may do that.',
    hint: 'Join it, or ask a member to invite you.',
  },
  'not-yours': {
    title: 'This belongs to somebody else.',
    hint: 'Only its author may change it.',
  },
  locked: {
    title: 'Somebody else holds the lock for this.',
    hint: 'Ask for the lock and try again when it is yours.',
  },
  'too-many': {
    title: 'There are as many of these as there may be.',
    hint: 'Take one away before you add another.',
  },
  'already-there': {
    title: 'There is something of this name already.',
    hint: 'It was left as it is. Choose another name.',
  },
  'not-saved': { title: 'The file could not be saved there.', hint: 'Check its folder and its name.' },
  'bad-request': {
    title: 'The lab could not make sense of what was asked.',
    hint: 'Check the numbers you typed; one may be out of range.',
  },
  'unknown-call': {
    title: 'The lab does not know this command.',
    hint: 'Window and lab may be of different versions. Restart the program.',
  },
  'not-trusted': {
    title: 'The lab does not admit this window.',
    hint: 'Open the address again that the lab printed when it started.',
  },
  internal: {
    title: 'Something went wrong inside the program.',
    hint: 'The lab goes on. The log of the program has the details.',
  },
}

export const problem = {
  at: '{{node}}: {{title}}',
  code: 'Code {{code}}',
  maybe: 'Nobody knows whether it happened.',
  repeated: '{{times}} times',
}
