export { readTextCall, writeTextCall } from './calls.ts'
export { readTextMessage, writeTextMessage } from './text-message.ts'
