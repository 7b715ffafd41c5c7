export { type OpenEndpoint, openEndpoint } from './open-endpoint.ts'
