export { type OpenSockets, openSockets } from './open-sockets.ts'
