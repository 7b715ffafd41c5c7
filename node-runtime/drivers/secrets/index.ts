export { type KeyFolder, openSecrets } from './open-secrets.ts'
