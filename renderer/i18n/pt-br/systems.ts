import type { en } from '../en/index.ts'
import type { Words } from '../words.ts'

export const systems: Words<typeof en.systems> = {
  comes: 'Em construção',
  today: 'O que já dá para fazer hoje',
  promise: 'O que vai prometer',
  chat: {
    title: 'Chat',
    lead: 'Canais e mensagens diretas que continuam quando um servidor morre.',
    text: 'Quantas pessoas quiser na mesma máquina, cada uma na sua janela, ao lado de programas da disciplina que falam o mesmo protocolo.',
    promise: 'Nenhuma mensagem confirmada se perde nem se repete, e todos leem na mesma ordem.',
    today: 'A eleição que vai escolher o servidor líder do chat é a mesma que os pares do cartório já fazem.',
    go: 'Ver uma eleição',
  },
  ring: {
    title: 'Anel',
    lead: 'Um chat sem servidor nenhum: os pares se encontram e fecham um anel.',
    text: 'Entre por multicast, envie para todo o anel, veja a ficha passar, saia em ordem ou puxe a tomada.',
    promise:
      'Cada mensagem aparece uma única vez no histórico de cada par, e qualquer par pode ser morto: o anel se fecha sozinho.',
    today:
      'Cortes de enlace e partições já funcionam nos pares do cartório; dá para ver o que um anel terá de suportar.',
    go: 'Cortar um enlace',
  },
  shop: {
    title: 'Loja',
    lead: 'Uma confeitaria que nunca vende duas vezes o último cupcake.',
    text: 'Escolha, encha o carrinho, encomende com data de retirada; mude estoque e preços como equipe. Por trás, um catálogo com três réplicas.',
    promise: 'Nunca vende o que não tem, nunca repete um pedido e fica aberta quando o primário morre.',
    today:
      'Disco lento e disco cheio já podem ser provados nos pares do cartório: as mesmas falhas esperam o catálogo.',
    go: 'Provar um disco cheio',
  },
}
