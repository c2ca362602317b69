import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The API to talk to while developing; the built screens are always served by the program itself.
const server = process.env.ZIFA_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte()],
  server: { proxy: { '/api': server } },
  build: {
    target: 'es2022',
    // Everything is a hashed file: nothing is inlined, so that the strict content security policy holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        // What every screen needs is one file, so that a cold browser makes a handful of requests and not fifty.
        manualChunks(id) {
          if (/\/src\/parts\/(ImportDialog|LineChart|PackDiagram)/.test(id)) return undefined;
          if (/\/node_modules\/|\/src\/(base|parts|style)\/|\/orders\/Pipeline|vite\/|commonjsHelpers/.test(id)) return 'app';
          return undefined;
        },
      },
    },
  },
});
