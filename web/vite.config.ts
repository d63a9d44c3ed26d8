import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const service = 'http://localhost:3000';

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true },
  server: {
    proxy: {
      '/api': service,
      '/sandbox/api': service,
    },
  },
});
