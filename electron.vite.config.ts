import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import mantine from 'postcss-preset-mantine'
import { verifyPageModule } from './tools/build/verify-page.ts'

const root = import.meta.dirname

/**
 * Targets and formats are said here and not left to electron-vite, which takes them from the installed Electron (45).
 * The stand-in of Linux development machines carries Node 18 and Chrome 114 and loads CommonJS only.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node18',
      rolldownOptions: {
        input: { main: join(root, 'electron/main.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node18',
      // A sandboxed preload can require neither a package nor a chunk: all of it is in the one file.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { preload: join(root, 'electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: join(root, 'renderer'),
    plugins: [react(), verifyPageModule(root)],
    css: { postcss: { plugins: [mantine()] } },
    // Both shells replace this by a fresh nonce in every page they serve.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: join(root, 'out/renderer'),
      target: 'chrome114',
      minify: true,
      cssMinify: true,
      // A data: URL would need a wider content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: join(root, 'renderer/index.html'), door: join(root, 'renderer/door.html') } },
    },
  },
})
