import { reactRouter } from '@react-router/dev/vite';
import { defineConfig, type UserConfig } from 'vite';

/** The NHS styles ask an outside address for their fonts; pages use the reader's own fonts instead. */
const noOutsideFonts = {
  postcssPlugin: 'no-outside-fonts',
  AtRule: {
    'font-face': (rule: { remove(): void }) => {
      rule.remove();
    },
  },
};

export default defineConfig(
  ({ command }) =>
    ({
      plugins: [reactRouter()],
      css: { postcss: { plugins: [noOutsideFonts] } },
      resolve: {
        alias: [
          {
            find: /^\/assets\/images\//,
            replacement: `${import.meta.dirname}/node_modules/nhsuk-frontend/dist/nhsuk/assets/images/`,
          },
        ],
      },
      // React is built in, in its production form: twice as quick, whatever the environment of the server says.
      ssr: { noExternal: command === 'build' ? true : undefined },
      define: command === 'build' ? { 'process.env.NODE_ENV': '"production"' } : {},
      build: {
        // The minifier refuses the NHS styles, which come minified.
        cssMinify: false,
      },
    }) satisfies UserConfig,
);
