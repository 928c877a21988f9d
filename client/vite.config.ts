/** Builds the screens: two pages and the service worker, everything bundled, nothing inline, so that the content policy can stay strict; and the views for other pages. */
import { fileURLToPath } from 'node:url'
import { build, defineConfig, type Plugin } from 'vite'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

// Whoever builds (a test run, too) builds what people get.
const resolve = { conditions: ['module', 'browser', 'production'] }

/** The elements for any page in one file, which needs no other beside it; a build of its own, so that the screens are cut into parts as if there were none. */
const elements: Plugin = {
  name: 'elements',
  async closeBundle() {
    await build({
      ...{ configFile: false, root: here('.'), publicDir: false, logLevel: 'warn', resolve },
      build: {
        ...{ outDir: '../build/pages', emptyOutDir: false, modulePreload: false, target: 'es2023' },
        rolldownOptions: {
          input: { elements: here('elements.ts') },
          output: { entryFileNames: '[name].js', codeSplitting: false },
        },
      },
    })
  },
}

export default defineConfig({
  base: '/',
  resolve,
  plugins: [elements],
  build: {
    outDir: '../build/pages',
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
