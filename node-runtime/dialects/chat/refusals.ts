/** Why somebody is refused; each dialect has its own words for it. Definite: nothing happened, but for `unknown`. */
export type Refusal =
  /** No map, not to be read, or not one frame. */
  | { readonly kind: 'form' }
  | { readonly kind: 'service'; readonly service: string }
  /** Missing, or of another type. */
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'user-unknown' | 'user-taken' | 'user-protected' | 'name-not-allowed'; readonly name: string }
  | { readonly kind: 'channel-unknown' | 'channel-taken' | 'channel-locked'; readonly name: string }
  | { readonly kind: 'not-subscribed'; readonly user: string; readonly channel: string }
  /** Forged, ended, taken back, or none; and at a sign-in, no such user or another password. */
  | { readonly kind: 'token' | 'credentials' }
  | { readonly kind: 'empty' | 'too-long' | 'too-many' }
  /** Nobody took it: to be asked again. */
  | { readonly kind: 'nobody' }
  /** Nobody knows whether it happened. */
  | { readonly kind: 'unknown' }

export function courseWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'form':
      return 'mensagem inválida'
    case 'service':
      return 'serviço desconhecido'
    case 'field':
      return `campo ausente ou inválido: ${refusal.field}`
    case 'user-unknown':
      return 'usuário inexistente'
    case 'user-taken':
      return 'usuário já existe'
    case 'user-protected':
      return 'nome protegido por senha'
    case 'name-not-allowed':
      return 'nome não permitido'
    case 'channel-unknown':
      return 'canal inexistente'
    case 'channel-taken':
      return 'canal já existe'
    case 'channel-locked':
      return 'canal sendo criado por outro'
    case 'not-subscribed':
      return 'usuário não inscrito no canal'
    case 'token':
    case 'credentials':
      return 'usuário ou senha inválidos'
    default:
      return commonWords[refusal.kind].course
  }
}

export function accountWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'form':
      return 'Mensagem invalida.'
    case 'service':
      return `Servico '${refusal.service}' nao reconhecido.`
    case 'field':
      return `Campo '${refusal.field}' ausente ou invalido.`
    case 'user-unknown':
      return `Usuario '${refusal.name}' nao existe.`
    case 'user-taken':
      return `Usuario '${refusal.name}' ja existe.`
    case 'user-protected':
    case 'token':
      return 'Token invalido ou expirado. Faca login novamente.'
    case 'credentials':
      return 'Usuario ou senha invalidos.'
    case 'name-not-allowed':
      return `Nome '${refusal.name}' nao permitido.`
    case 'channel-unknown':
      return `Canal '${refusal.name}' nao existe.`
    case 'channel-taken':
      return `Canal '${refusal.name}' ja existe.`
    case 'channel-locked':
      return `Canal '${refusal.name}' sendo criado por outro.`
    case 'not-subscribed':
      return `Usuario '${refusal.user}' nao inscrito em '${refusal.channel}'.`
    default:
      return commonWords[refusal.kind].account
  }
}

const commonWords = {
  empty: { course: 'mensagem vazia', account: 'Mensagem vazia.' },
  'too-long': { course: 'mensagem longa demais', account: 'Mensagem longa demais.' },
  'too-many': { course: 'pedidos demais, tente mais tarde', account: 'Pedidos demais. Tente mais tarde.' },
  nobody: {
    course: 'nenhum servidor disponível, tente de novo',
    account: 'Nenhum servidor disponivel. Tente de novo.',
  },
  unknown: {
    course: 'nenhum servidor respondeu; não se sabe se o pedido foi atendido',
    account: 'Nenhum servidor respondeu. Nao se sabe se o pedido foi atendido.',
  },
} as const
