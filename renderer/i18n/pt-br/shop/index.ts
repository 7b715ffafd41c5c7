import type { en } from '../../en/index.ts'
import type { Words } from '../../words.ts'
import { buy } from './buy.ts'
import { orders } from './orders.ts'
import { race } from './race.ts'
import { staff } from './staff.ts'

export const shop: Words<typeof en.shop> = {
  title: 'Loja',
  none: 'Este laboratório não tem loja. Zere o laboratório nas configurações para ter uma.',
  stoppedTitle: 'A loja está fechada',
  stoppedText: 'Abra-a para ver a vitrine, pedir e olhar atrás do balcão. Carrinhos e pedidos de antes continuam lá.',
  start: 'Abrir a loja',
  deskDown: 'O balcão não está rodando, e é por ele que se chega à loja. Carrinhos e pedidos estão a salvo.',
  startDesk: 'Iniciar o balcão',
  parts: { store: 'Vitrine', orders: 'Pedidos', staff: 'Equipe', race: 'Último cupcake' },
  line: '{{count, number}} × {{name}}',
  noPrice: 'Isto não é um preço. Escreva como 12,50.',
  palette: {
    group: 'Loja',
    cart: 'Abrir o carrinho da loja',
    orders: 'Pedidos da loja',
    staff: 'Equipe da loja: estoque e preços',
    race: 'A corrida pelo último cupcake',
  },
  leaf: { name: 'Páginas', back: 'Voltar', on: 'Avançar', page: 'Página {{page, number}}' },
  ribbon: {
    none: 'O catálogo ainda não foi consultado.',
    answered: '{{node}} respondeu em {{time}}:',
    somebody: 'O catálogo respondeu em {{time}}:',
    current: 'em dia.',
    behind: '{{lag}}; ouviu o primário há {{age}}.',
    stale:
      'resposta mais antiga, porque ninguém que sabe mais pôde ser consultado. Tinha ouvido o primário há {{age}}.',
    unknown:
      'não ouve nenhum primário agora e não sabe dizer quão antigo isto é. A última notícia era de {{age}} antes.',
    noAge: 'algum tempo',
    entries_zero: 'nenhuma entrada de atraso',
    entries_one: '{{count, number}} entrada de atraso',
    entries_many: '{{count, number}} de entradas de atraso',
    entries_other: '{{count, number}} entradas de atraso',
    silentFor: 'A loja não responde há {{time}}. Ela continua sendo consultada.',
  },
  choice: {
    title: 'Quão atual uma resposta tem de ser',
    lead: 'Vários nós guardam o catálogo. Pedidos e estoque são sempre decididos só pelo primário; aqui se trata da leitura.',
    unknown: 'Atualidade',
    is: 'Atualidade: {{name}}',
    chosen: 'escolhida para a loja inteira',
    choose: 'Escolher',
    chooseNamed: 'Escolher: {{name}}',
    strong: {
      name: 'Forte',
      can: 'Você lê o que o primário sabe neste momento, confirmado por uma maioria.',
      cannot: 'Enquanto os nós elegem um novo primário, nada pode ser lido: a vitrine para por cerca de um segundo.',
    },
    'own-writes': {
      name: 'Ler o que você escreveu',
      can: 'Responde qualquer nó que já tenha o que você mesmo fez. A vitrine nunca para.',
      cannot: 'Se nenhum nó assim puder ser consultado, você recebe uma resposta mais antiga, e a faixa avisa.',
    },
    any: {
      name: 'Qualquer réplica',
      can: 'O nó consultado responde com o que tiver. É o mais rápido e nunca para.',
      cannot: 'Você pode ver preços e estoque de um instante atrás, até depois de uma mudança sua.',
    },
  },
  ...buy,
  ...orders,
  staff: staff.staff,
  ledger: staff.ledger,
  movements: staff.movements,
  reservations: staff.reservations,
  replicas: staff.replicas,
  network: staff.network,
  race,
}
