import type { RoleName } from '#contract/worker/protocol'
import type { RealShop } from '#roles/shop/testing/real-shop'
import { orderOf } from '#roles/shop/testing/shopper'

/** What is lost when it is asked again before it is back. */
const tryAgainMs = 2

/** kill -9 of each service that stands alone: from then until what it had kept before can be read through the gateway again. */
export async function returns(real: RealShop): Promise<readonly number[]> {
  const opened = await real.ask('/api/carrinho/sessao', { method: 'POST' })
  const { session_id: session } = JSON.parse(opened?.text ?? '').data
  await real.send(`/api/carrinho/${session}/adicionar`, { produto_id: 1, quantidade: 1 })
  const placed = await real.send('/api/pedidos', orderOf(1), { key: `returns-${session}` })
  if (placed?.status !== 201) throw new Error(`order: ${placed?.status} ${placed?.text}`)
  const { id } = JSON.parse(placed.text).data
  const kept: readonly (readonly [RoleName, string])[] = [
    ['shop-gateway', '/api/produtos/1'],
    ['shop-cart', `/api/carrinho/${session}`],
    ['shop-orders', `/api/pedidos/${id}`],
  ]
  const tookMs: number[] = []
  for (const [role, path] of kept) tookMs.push(await returned(real, role, path))
  return tookMs
}

async function returned(real: RealShop, role: RoleName, path: string): Promise<number> {
  await real.untilOpen()
  const before = (await real.ask(path))?.text
  const node = real.lab.nodes().find((one) => one.role === role)
  if (node === undefined) throw new Error(role)
  real.kill(node)
  const killedMs = performance.now()
  for (;;) {
    const answer = await real.ask(path)
    if (answer?.status === 200 && answer.text === before) return performance.now() - killedMs
    await new Promise((resolve) => setTimeout(resolve, tryAgainMs))
  }
}
