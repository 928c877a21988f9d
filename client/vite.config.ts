/** Builds the screens: two pages and the service worker, everything bundled, nothing inline, so that the content policy can stay strict. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

export default defineConfig({
  base: '/',
  // Whoever builds (a test run, too) builds what people get.
  resolve: { conditions: ['module', 'browser', 'production'] },
  build: {
    outDir: '../build/client',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What belongs to a build, for screens that keep the whole of it (`wall/keep-build.ts`).
    manifest: 'build.json',
    target: 'es2023',
    rolldownOptions: {
      input: { index: here('index.html'), gallery: here('gallery.html'), standby: here('link/standby.ts') },
      // A service worker must keep its address from one build to the next.
      output: { entryFileNames: ({ name }) => (name === 'standby' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
})
