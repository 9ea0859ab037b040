import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { compressed } from './build/compressed.ts'
import { nearPhones } from './build/near-phones.ts'
import { programPack } from './build/program-pack.ts'
import { manifest } from './manifest.ts'

/** Where `npm run dev` passes what the relay answers. */
const relay = `http://127.0.0.1:${process.env.PORT ?? 8080}`

/**
 * Every stylesheet begins with the order of the cascade layers: which chunk's is loaded first is
 * chance, and the first one fixes the order.
 */
const layerOrder: Plugin = {
  name: 'layer-order',
  enforce: 'pre',
  transform: (code, id) =>
    /\.css(\?|$)/.test(id)
      ? { code: `@layer tokens, reset, base, components, frame, screens;\n${code}`, map: null }
      : null,
}

const pack = programPack()

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    layerOrder,
    nearPhones(),
    pack.plugin,
    preact({ devToolsEnabled: false, prefreshEnabled: false }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.ts',
      // The page registers it itself (frame/update.ts): an inline script would break the CSP.
      injectRegister: false,
      manifest,
      manifestFilename: 'manifest.webmanifest',
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,woff2,svg,webmanifest}', 'icons/*.png'],
        manifestTransforms: [pack.transform],
      },
    }),
    compressed(),
  ],
  resolve: {
    alias: [
      // Its main entry is a bundle for old browsers, from which nothing can be left out.
      { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' },
      {
        find: /^lib0\/logging$/,
        replacement: fileURLToPath(new URL('build/yjs-logging.ts', import.meta.url)),
      },
      {
        find: /^libphonenumber-js$/,
        replacement: fileURLToPath(new URL('format/phone-library.ts', import.meta.url)),
      },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Those that know light-dark(), so that it is not rewritten into twice as much.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Everything as a file of its own: `data:` URLs are not in the CSP's font and style sources.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Every file is a request of its own when the program is taken along: an icon needs none.
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], priority: 2 },
            { name: 'icons', test: /lucide-preact/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  worker: { format: 'es', plugins: () => [nearPhones()] },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/feed', '/push', '/reconcile', '/files', '/hooks', '/health', '/live'].map(
        (path) => [path, { target: relay, ws: path === '/live' }],
      ),
    ),
  },
})
