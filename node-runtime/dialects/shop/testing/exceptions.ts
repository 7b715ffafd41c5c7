/**
 * Where we answer otherwise than the original was heard to, each with the reason; the defects of the original are not
 * copied. Numbers are those of the recording, from 1.
 */
export interface Exception {
  readonly command: string
  readonly why: string
  readonly status: number
  readonly body: string
}

const notJson =
  '{"error":"400 Bad Request: The browser (or proxy) sent a request that this server could not understand.","success":false}'

export const exceptions: readonly Exception[] = [
  {
    command: 'PUT /api/produtos/1/estoque {"quantidade":-4}',
    why: 'no stock below zero',
    status: 400,
    body: '{"error":"Quantidade inv\\u00e1lida","success":false}',
  },
  {
    command: 'PUT /api/produtos/99/estoque {"quantidade":10}',
    why: 'a product that is not there is no fault of ours',
    status: 404,
    body: '{"error":"404 Not Found: The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.","success":false}',
  },
  {
    command: 'PUT /api/produtos/1/estoque {"quantidade":10} form',
    why: 'what is not said to be JSON is no fault of ours',
    status: 400,
    body: notJson,
  },
  {
    command: 'POST /api/carrinho/UUID/adicionar {"produto_id":4,"quantidade":"2"}',
    why: 'a text is no quantity, and no fault of ours',
    status: 400,
    body: '{"error":"produto_id e quantidade s\\u00e3o obrigat\\u00f3rios","success":false}',
  },
  {
    command: 'POST /api/carrinho/UUID/adicionar x form',
    why: 'what is no JSON is no fault of ours',
    status: 400,
    body: notJson,
  },
  {
    command: 'GET /health down',
    why: 'in our words, and without the insides of a library',
    status: 503,
    body: '{"error":"O cat\\u00e1logo n\\u00e3o responde","service":"carrinho","status":"unhealthy","timestamp":TIME}',
  },
  {
    command: 'GET /api/carrinho/qualquer down',
    why: 'items are kept and shown without a price where the original showed an empty cart',
    status: 200,
    body: '{"data":{"atualizado_em":TIME,"aviso":"O cat\\u00e1logo n\\u00e3o responde: os itens est\\u00e3o guardados, sem pre\\u00e7o por enquanto","criado_em":TIME,"itens":[{"adicionado_em":TIME,"produto":null,"produto_id":2,"quantidade":1,"sem_preco":true,"subtotal":null}],"sem_preco":true,"session_id":"qualquer","total_itens":1,"valor_total":0.0},"success":true}',
  },
]
